import { json } from '@codemirror/lang-json';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { Texts } from '../../hooks/useTexts';
import { lintPolicy } from './lintPolicy';

const t = ((key: string, values?: Record<string, string>) =>
  `${key} ${values?.key ?? ''}`.trim()) as Texts;

function lint(doc: string) {
  const view = new EditorView({
    state: EditorState.create({ doc, extensions: [json()] }),
  });
  return lintPolicy(view, t).map(({ from, message }) => [
    message,
    doc.slice(from).slice(0, 8),
  ]);
}

describe('lintPolicy', () => {
  it('has nothing against JSON, nor against nothing', () => {
    expect(lint('')).toEqual([]);
    expect(lint('{"Statement": [{"Sid": "a"}, {"Sid": "a"}]}')).toEqual([]);
  });

  it('marks what is no JSON', () => {
    expect(lint('{"Version": }')).toHaveLength(1);
  });

  // Security rule 32: a reader may believe the one, and AWS the other.
  it('security rule 32: marks a key that its object has had before', () => {
    expect(
      lint('{"Statement": [{"Action": "s3:Get", "\\u0041ction": "*"}]}'),
    ).toEqual([['policyEditor.repeatedKey Action', '"\\u0041c']]);
  });
});
