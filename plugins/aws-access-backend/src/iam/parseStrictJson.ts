/**
 * Parses JSON and refuses a key that an object has twice: readers differ on
 * which of the two counts, so such a policy could say one thing to the approver
 * and another to AWS (security rule 32).
 *
 * @throws SyntaxError when it is not JSON or has a key twice
 */
export function parseStrictJson(text: string): unknown {
  const value = JSON.parse(text);
  // From here the text is known to be JSON, so tokens are all that matters.
  const open: Array<Set<string> | null> = [];
  const tokens = text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g);
  for (const [token, colon] of tokens) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (colon) {
      // Decoded, because "\u0041ction" is "Action".
      const key: string = JSON.parse(token.slice(0, -colon.length));
      const keys = open[open.length - 1];
      if (keys?.has(key)) {
        throw new SyntaxError(`the key '${key}' appears twice`);
      }
      keys?.add(key);
    }
  }
  return value;
}
