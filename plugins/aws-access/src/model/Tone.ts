/** What a colour stands for; the words beside it say the same. */
export type Tone = 'danger' | 'warning' | 'success' | 'info' | 'neutral';
