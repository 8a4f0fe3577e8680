import { json } from '@codemirror/lang-json';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import CodeMirror from '@uiw/react-codemirror';
import { useMemo } from 'react';
import { codeTheme } from './codeTheme';

const SETUP = {
  autocompletion: false,
  foldGutter: false,
  lineNumbers: false,
  highlightActiveLine: false,
  highlightActiveLineGutter: false,
  searchKeymap: false,
  syntaxHighlighting: false,
};

/** What is new in a policy, and what is gone, in one column. */
export default function PolicyCodeDiff(props: {
  before: string;
  after: string;
  label: string;
}) {
  const { before, label } = props;
  const extensions = useMemo(
    () => [
      json(),
      EditorView.lineWrapping,
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      // All of it: what is folded away would not be read (security rule 32).
      unifiedMergeView({
        original: before,
        mergeControls: false,
        gutter: false,
      }),
    ],
    [before, label],
  );
  return (
    <CodeMirror
      value={props.after}
      theme={codeTheme}
      basicSetup={SETUP}
      editable={false}
      indentWithTab={false}
      extensions={extensions}
    />
  );
}
