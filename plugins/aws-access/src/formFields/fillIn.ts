/**
 * Puts the values of a form in the place of every `{ parameter: name }`, at any
 * depth. What is empty in the form is left out, and so is an object of which
 * nothing is left. Items of a list with `if: { parameter, equals }` stay only
 * where the form holds that value. Pure.
 */
export function fillIn(
  pattern: unknown,
  formData: Record<string, unknown>,
): unknown {
  if (Array.isArray(pattern)) {
    return pattern.flatMap(item => {
      const { if: condition, ...rest } = isRecord(item) ? item : { if: null };
      if (!isRecord(condition)) return keep(fillIn(item, formData));
      return formData[String(condition.parameter)] === condition.equals
        ? keep(fillIn(rest, formData))
        : [];
    });
  }
  if (!isRecord(pattern)) return pattern;
  const { parameter, ...others } = pattern;
  if (typeof parameter === 'string' && Object.keys(others).length === 0) {
    const value = formData[parameter];
    return value === '' || value === null ? undefined : value;
  }
  const entries = Object.entries(pattern).flatMap(([name, inner]) =>
    keep(fillIn(inner, formData)).map(value => [name, value]),
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keep(value: unknown): unknown[] {
  return value === undefined ? [] : [value];
}
