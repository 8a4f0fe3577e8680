/** Texts of the policy's page. */
export const policyMessages = {
  title: 'Policies',
  rules: 'The rules',
  about:
    'Every rule that matches counts, whatever their order. What is not known counts against a request.',
  default: 'Asked of every request that no rule approves by itself: {{stage}}',
  defaultWithoutAccounts:
    'Asked instead where no account is touched: {{stage}}',
  noDefault: 'What no rule asks anybody about is denied.',
  ownPolicies: 'Policies of modules: {{names}}',
  always: 'always',
  when: 'When {{conditions}}',
  and: ' and ',
  noRulesTitle: 'There are no rules yet',
  noRulesBody:
    'Rules say who must agree to which access. They are written in the configuration, under awsAccess.policy.',
  try: 'Try it',
  requester: 'Person',
  requesterHint: 'Who would file the request',
  teamHint: 'The team that the request would be for',
  choosePerson: 'Choose a person.',
  filedByActor: 'Something files it for the person',
  simulate: 'What would happen?',
  simulateFailed: 'This could not be tried',
  result: 'What would happen',
  outcome: {
    needsApproval: 'It would need approval.',
    autoApproved: 'It would be approved without asking anybody.',
    denied: 'It would be denied.',
    cannotFile: 'It could not be filed.',
  },
  why: 'Why these approvers',
  whyOf: '{{permissionSet}} in {{accounts}}',
  noAccount: 'no account yet',
  perhaps: 'perhaps, because these are not known: {{facts}}',
  asksDefault: 'No rule approves it by itself, so the default is asked.',
} as const;
