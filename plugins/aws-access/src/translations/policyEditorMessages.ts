/** Texts of the editor of policies, and of what differs between two. */
export const policyEditorMessages = {
  label: 'Inline policy',
  description: 'JSON, sent to AWS exactly as it is written here',
  keys: 'Escape leaves the editor; Ctrl+Shift+M (Cmd+Shift+M) lists its mistakes.',
  repeatedKey:
    'The key "{{key}}" is here twice. Readers differ on which of the two counts: take one out.',
  sizeLabel: 'Size',
  size: '{{size}} of {{most}} characters',
  tooLong: 'AWS does not take it: shorten it, or use a policy in the accounts',
} as const;
