import { json } from '@codemirror/lang-json';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import CodeMirror from '@uiw/react-codemirror';
import { useMemo } from 'react';
import { codeTheme } from './codeTheme';

const SETUP = {
  autocompletion: false,
  highlightActiveLine: false,
  highlightActiveLineGutter: false,
  searchKeymap: false,
  syntaxHighlighting: false,
};

/** Text of a policy that cannot be changed. Loaded when it is needed. */
export default function PolicyCodeView(props: {
  value: string;
  label: string;
}) {
  const { label } = props;
  const extensions = useMemo(
    () => [
      json(),
      EditorView.lineWrapping,
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({
        'aria-label': label,
        'aria-readonly': 'true',
        tabindex: '0',
      }),
    ],
    [label],
  );
  return (
    <CodeMirror
      value={props.value}
      theme={codeTheme}
      basicSetup={SETUP}
      editable={false}
      indentWithTab={false}
      maxHeight="32rem"
      extensions={extensions}
    />
  );
}
