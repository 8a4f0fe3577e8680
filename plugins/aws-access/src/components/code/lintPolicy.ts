import { jsonParseLinter } from '@codemirror/lang-json';
import { ensureSyntaxTree } from '@codemirror/language';
import { Diagnostic } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { Texts } from '../../hooks/useTexts';

/** Long enough for any policy that AWS takes. */
const PARSE_MS = 200;

const parseJson = jsonParseLinter();

/**
 * What keeps a text from being a policy: it is no JSON, or a key is in an
 * object twice. Readers differ on which of the two counts, so the backend
 * refuses it (security rule 32).
 */
export function lintPolicy(view: EditorView, t: Texts): Diagnostic[] {
  if (view.state.doc.toString().trim() === '') return [];
  const broken = parseJson(view);
  return broken.length > 0 ? broken : findRepeatedKeys(view.state, t);
}

/** Every key that its object has had before. */
function findRepeatedKeys(state: EditorState, t: Texts): Diagnostic[] {
  const found: Diagnostic[] = [];
  ensureSyntaxTree(state, state.doc.length, PARSE_MS)?.iterate({
    enter({ node, name }) {
      if (name !== 'Object') return;
      const seen = new Set<string>();
      for (const property of node.getChildren('Property')) {
        const key = property.getChild('PropertyName');
        if (!key) continue;
        // Decoded, because "\u0041ction" is "Action".
        const text: string = JSON.parse(state.sliceDoc(key.from, key.to));
        if (seen.has(text)) {
          found.push({
            from: key.from,
            to: key.to,
            severity: 'error',
            message: t('policyEditor.repeatedKey', { key: text }),
          });
        }
        seen.add(text);
      }
    },
  });
  return found;
}
