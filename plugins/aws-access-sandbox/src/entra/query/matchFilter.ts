import type { FilterNode, Literal } from './parseFilter';

/** Strings compare without case, as the directory does. */
const normal = (value: unknown) =>
  typeof value === 'string' ? value.toLowerCase() : value;

function valueAt(object: unknown, path: string[]): unknown {
  let value: unknown = object;
  for (const segment of path) {
    value = (value as Record<string, unknown> | null | undefined)?.[segment];
  }
  return value ?? null;
}

const ISO_TIME = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/;

function matchesEqual(value: unknown, { kind, text }: Literal): boolean {
  switch (kind) {
    case 'null':
      return value === null;
    case 'boolean':
      return value === (text === 'true');
    case 'bare':
      if (typeof value === 'number') {
        return value === Number(text);
      }
      if (typeof value === 'string' && ISO_TIME.test(text)) {
        return Date.parse(value) === Date.parse(text);
      }
      return normal(value) === normal(text);
    default:
      return normal(value) === normal(text);
  }
}

/** Below zero where the value comes before the literal; undefined where they do not compare. */
function order(value: unknown, { kind, text }: Literal): number | undefined {
  if (typeof value === 'number') {
    return value - Number(text);
  }
  if (typeof value !== 'string') {
    return undefined;
  }
  if (kind === 'bare' && ISO_TIME.test(text)) {
    return Date.parse(value) - Date.parse(text);
  }
  const [first, second] = [value.toLowerCase(), text.toLowerCase()];
  return first < second ? -1 : Number(first > second);
}

const ORDERED = {
  ge: (distance: number) => distance >= 0,
  le: (distance: number) => distance <= 0,
  gt: (distance: number) => distance > 0,
  lt: (distance: number) => distance < 0,
};

/** Whether an object, or an element inside `any`, is what the filter asks for. */
export function matchFilter(node: FilterNode, object: unknown): boolean {
  switch (node.kind) {
    case 'and':
      return matchFilter(node.left, object) && matchFilter(node.right, object);
    case 'or':
      return matchFilter(node.left, object) || matchFilter(node.right, object);
    case 'not':
      return !matchFilter(node.inner, object);
    case 'any': {
      const list = valueAt(object, node.path);
      return (
        Array.isArray(list) &&
        list.some(item => !node.inner || matchFilter(node.inner, item))
      );
    }
    case 'in': {
      const value = valueAt(object, node.path);
      return node.values.some(wanted => matchesEqual(value, wanted));
    }
    case 'startswith':
    case 'endswith': {
      const value = String(valueAt(object, node.path) ?? '').toLowerCase();
      const wanted = node.text.toLowerCase();
      return node.kind === 'endswith'
        ? value.endsWith(wanted)
        : value.startsWith(wanted);
    }
    default: {
      const value = valueAt(object, node.path);
      if (node.operator === 'eq' || node.operator === 'ne') {
        return matchesEqual(value, node.value) === (node.operator === 'eq');
      }
      const distance = order(value, node.value);
      return distance !== undefined && ORDERED[node.operator](distance);
    }
  }
}

/** Whether the directory answers the filter only as an advanced query. */
export function isAdvancedFilter(node: FilterNode): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
      return isAdvancedFilter(node.left) || isAdvancedFilter(node.right);
    case 'not':
    case 'endswith':
      return true;
    case 'compare':
      return node.operator === 'ne';
    default:
      return false;
  }
}
