/** The text with a full stop, so that another sentence may follow it. */
export function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
