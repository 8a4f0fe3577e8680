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
  previewBehind:
    'The preview is still being worked out. Wait a moment, then press the button again.',
  summary: {
    team: 'Team',
    people: 'For whom',
    accounts: 'Accounts',
    permissionSets: 'Permission set',
    duration: 'How long',
    approval: 'Approves as {{stage}}',
    line: '{{name}}: {{values}}',
    unknown:
      'The preview could not be made. The backend works the plan out when the request is filed.',
  },
  problem: '{{message}} {{fix}}',
} as const;
