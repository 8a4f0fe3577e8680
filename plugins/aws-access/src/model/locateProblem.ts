import { Change } from 'backstage-plugin-aws-access-common';
import { BuiltRequest } from './buildRequestInput';

/** A field of a wish, or of the request as a whole, that problems are shown at. */
export type FormField =
  | 'team'
  | 'onBehalfOf'
  | 'people'
  | 'accounts'
  | 'permissionSet'
  | 'accessGroup'
  | 'duration'
  | 'justification'
  | 'ticket'
  | `design.${string}`;

/** Where in the form something is. */
export interface FormPlace {
  field: FormField;
  /** Index of the wish; undefined = the request as a whole. */
  wish?: number;
}

const OF_THE_REQUEST = [
  'team',
  'onBehalfOf',
  'duration',
  'justification',
  'ticket',
] as const satisfies FormField[];

/**
 * The field of the form that a path of the input came from, so that a problem
 * with `changes.1.accounts.accountIds.0` is shown at the accounts of its wish.
 * Undefined where no field answers for it.
 */
export function locateProblem(
  path: string,
  built: BuiltRequest | undefined,
): FormPlace | undefined {
  const parts = path.split('.');
  if (parts[0] !== 'changes') {
    const field = OF_THE_REQUEST.find(name => name === parts[0]);
    return field && { field };
  }
  const index = Number(parts[1]);
  const change = built?.input.changes[index];
  const wish = built?.origins[index];
  if (!change || wish === undefined) return undefined;
  return { wish, field: fieldOf(change.kind, parts.slice(2)) };
}

function fieldOf(kind: Change['kind'], rest: string[]): FormField {
  const [name, inner] = rest;
  if (kind === 'permissionSet') {
    return name === 'document' && inner ? `design.${inner}` : 'design.name';
  }
  if (kind === 'accessGroup') return 'people';
  switch (name) {
    case 'accounts':
    case 'permissionSet':
    case 'people':
      return name;
    case 'accessGroup':
      // Of an assignment it is the group that the same wish makes.
      return kind === 'assignment' ? 'people' : 'accessGroup';
    default:
      return kind === 'removePermissionSet' || kind === 'adoptPermissionSet'
        ? 'permissionSet'
        : 'accessGroup';
  }
}
