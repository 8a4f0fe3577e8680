/** Texts of how a permission set becomes another. */
export const policyDiffMessages = {
  title: 'What differs',
  name: 'Name',
  description: 'Description',
  sessionDuration: 'Sessions last',
  managedPolicies: 'Policies that AWS manages',
  customerManagedPolicies: 'Policies in the accounts',
  permissionsBoundary: 'Permissions boundary',
  relayState: 'Page to open',
  tags: 'Tags',
  inlinePolicy: 'Inline policy',
  removed: 'without',
  added: 'with',
  policyNew: 'new, as below',
  policyGone: 'removed, as below',
  policyChanged: 'changed, as below',
  nothing: 'Nothing in what it allows.',
  ofPolicy: 'Inline policy of {{name}}, what is gone above what is new',
  legend:
    'Lines with − are gone, lines with + are new; changed words are underlined.',
} as const;
