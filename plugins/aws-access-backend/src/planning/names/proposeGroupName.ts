import { parseEntityRef } from '@backstage/catalog-model';
import { toPascalCase } from './toPascalCase';

/** Where to stop looking for a free name: something is wrong long before. */
const MOST_ATTEMPTS = 200;

/**
 * Fills the organization's naming template. The result has only characters that
 * Entra, SCIM and a shell take, and room for a number at its end: Entra's limit
 * on display names is 256.
 */
export function fillGroupNaming(
  template: string,
  parts: { teamRef: string; permissionSetNames: string[] },
): string {
  const { name } = parseEntityRef(parts.teamRef);
  const [only, ...others] = parts.permissionSetNames;
  const permissionSet = others.length === 0 ? only : 'Access';
  return template
    .replaceAll('{team}', toPascalCase(name))
    .replaceAll('{permissionSet}', permissionSet ?? 'Access')
    .replace(/[^\w.@+-]+/g, '-')
    .slice(0, 200);
}

/**
 * The first free one of a name, name-2, name-3, ...
 *
 * @throws Error when none is free among many
 */
export async function firstFreeName(
  name: string,
  isTaken: (candidate: string) => Promise<boolean>,
): Promise<string> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const candidate = attempt === 1 ? name : `${name}-${attempt}`;
    if (!(await isTaken(candidate))) return candidate;
  }
  throw new Error(`No name like ${name} is free`);
}
