/** Texts of the template fields that the request form does not have. */
export const formFieldMessages = {
  accountInvalid:
    '{{value}} is not an account id of twelve digits. Choose accounts from the list.',
  permissionSetInvalid:
    'This is not the ARN of a permission set. Choose one from the list.',
  accessGroupInvalid:
    'This is not the object id of a group in Entra. Choose a group from the list.',
  durationInvalid:
    'Choose between 15 minutes and 366 days, or standing access.',
  personInvalid:
    '{{value}} is not a person of the catalog. Choose people from the list.',
  teamInvalid: 'This is not a team of the catalog. Choose one from the list.',
  problem: '{{message}} {{fix}}',
} as const;
