import { json } from '@codemirror/lang-json';
import { linter, lintGutter } from '@codemirror/lint';
import { EditorView, keymap } from '@codemirror/view';
import CodeMirror from '@uiw/react-codemirror';
import { useMemo } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { codeTheme } from './codeTheme';
import { lintPolicy } from './lintPolicy';

const SETUP = {
  autocompletion: false,
  highlightSelectionMatches: false,
  searchKeymap: false,
  syntaxHighlighting: false,
};

/** Text of a policy, with its mistakes marked. Loaded when it is needed. */
export default function PolicyCodeEditor(props: {
  value: string;
  label: string;
  /** Id of the text that says how to leave it, and how long it is. */
  describedBy: string;
  isInvalid: boolean;
  onChange: (text: string) => void;
  /** Escape was pressed: the focus goes on. */
  onLeave: () => void;
}) {
  const t = useTexts();
  const { label, describedBy, isInvalid, onLeave } = props;
  const extensions = useMemo(
    () => [
      json(),
      linter(view => lintPolicy(view, t)),
      lintGutter(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        'aria-label': label,
        'aria-describedby': describedBy,
        'aria-multiline': 'true',
        'aria-invalid': String(isInvalid),
      }),
      keymap.of([
        {
          key: 'Escape',
          run: () => {
            onLeave();
            return true;
          },
        },
      ]),
    ],
    [t, label, describedBy, isInvalid, onLeave],
  );
  return (
    <CodeMirror
      value={props.value}
      theme={codeTheme}
      basicSetup={SETUP}
      // Tab goes on to the next field, as everywhere.
      indentWithTab={false}
      minHeight="12rem"
      maxHeight="32rem"
      extensions={extensions}
      onChange={props.onChange}
    />
  );
}
