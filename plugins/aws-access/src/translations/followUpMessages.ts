/** Texts of the template that goes on when the access is usable. */
export const followUpMessages = {
  title: 'What follows',
  starts: 'When the access is usable, {{template}} is started once.',
  values: 'With these values',
  content:
    'The template is started only as it was when this was approved (SHA-256 {{digest}}).',
  task: 'Open task {{id}}',
  state: {
    planned: 'It waits until the access is usable.',
    waiting: 'It is about to be started.',
    starting: 'It was handed to the scaffolder.',
    started: 'It was started.',
    notStarted: 'It was not started.',
  },
} as const;
