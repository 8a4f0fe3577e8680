import { EditorView } from '@codemirror/view';

/**
 * The editor in the portal's own colours, so that it follows its theme.
 * Without colours for syntax: none of the portal's tell JSON apart and stay
 * readable on every surface.
 */
export const codeTheme = EditorView.theme({
  '&': {
    color: 'var(--bui-fg-primary)',
    backgroundColor: 'var(--bui-bg-neutral-1)',
    border: '1px solid var(--bui-border-2)',
    borderRadius: 'var(--bui-radius-2)',
    fontSize: 'var(--bui-font-size-3)',
  },
  '&.cm-focused': {
    outline: '2px solid var(--bui-ring)',
    outlineOffset: '1px',
  },
  '.cm-scroller': {
    fontFamily: 'var(--bui-font-monospace, monospace)',
    lineHeight: '1.5',
  },
  '.cm-content': { caretColor: 'var(--bui-fg-primary)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--bui-fg-primary)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'var(--bui-bg-neutral-3)' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-gutters': {
    color: 'var(--bui-fg-secondary)',
    backgroundColor: 'var(--bui-bg-neutral-1)',
    borderRight: '1px solid var(--bui-border-1)',
  },
  '.cm-activeLineGutter': { backgroundColor: 'var(--bui-bg-neutral-3)' },
  '.cm-matchingBracket': {
    backgroundColor: 'var(--bui-bg-neutral-3)',
    color: 'inherit',
  },
  '.cm-tooltip, .cm-panels': {
    color: 'var(--bui-fg-primary)',
    backgroundColor: 'var(--bui-bg-neutral-2)',
    border: '1px solid var(--bui-border-2)',
  },
  // What is new and what is gone: a sign and a word's underline say it too.
  '&.cm-merge-b .cm-line, .cm-deletedChunk .cm-deletedLine': {
    display: 'block',
    position: 'relative',
    paddingLeft: '1.5rem',
  },
  '&.cm-merge-b .cm-changedLine, &.cm-merge-b ins.cm-insertedLine': {
    backgroundColor: 'var(--bui-positive-bg-subdued)',
    color: 'var(--bui-positive-fg-subdued)',
    textDecoration: 'none',
  },
  '&.cm-merge-b .cm-deletedChunk, &.cm-merge-b del.cm-deletedLine': {
    backgroundColor: 'var(--bui-negative-bg-subdued)',
    color: 'var(--bui-negative-fg-subdued)',
    paddingLeft: '0',
    textDecoration: 'none',
  },
  '&.cm-merge-b .cm-changedLine::before, .cm-deletedChunk .cm-deletedLine::before':
    { position: 'absolute', left: '0.5rem', fontWeight: 'bold' },
  '&.cm-merge-b .cm-changedLine::before': { content: '"+"' },
  '.cm-deletedChunk .cm-deletedLine::before': { content: '"−"' },
  '&.cm-merge-b .cm-changedText, &.cm-merge-b .cm-deletedChunk .cm-deletedText':
    { background: 'none', textDecoration: 'underline' },
});
