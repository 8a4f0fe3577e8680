import {
  checkSize,
  namedSizes,
  type OrganizationSize,
  SMALLEST_SIZE,
} from './OrganizationSize';

/**
 * The name of a seed that is generated: a named size, or `generated:` and numbers such as
 * `generated:accounts=2000,permissionSets=300,groups=2000,people=10000,assignments=30000,seed=1`. What is left out is
 * as small as in the example company, the seed 1.
 * @public
 */
export type GeneratedSeedName = keyof typeof namedSizes | `generated:${string}`;

const PREFIX = 'generated:';

/**
 * Reads the name of a generated seed.
 *
 * @returns undefined when it is no such name
 * @throws RangeError when it is one with numbers that cannot be
 * @public
 */
export function parseGeneratedSeed(name: string): OrganizationSize | undefined {
  if (Object.hasOwn(namedSizes, name)) {
    return namedSizes[name as keyof typeof namedSizes];
  }
  if (!name.startsWith(PREFIX)) {
    return undefined;
  }
  const size: Record<string, number> = { ...SMALLEST_SIZE, seed: 1 };
  for (const part of name.slice(PREFIX.length).split(',').filter(Boolean)) {
    const [key, value = ''] = part.split('=');
    if (!Object.hasOwn(size, key) || !/^\d+$/.test(value)) {
      throw new RangeError(
        `"${part}" is no size: use ${Object.keys(size).join(
          ', ',
        )}, each as in accounts=2000`,
      );
    }
    size[key] = Number(value);
  }
  const read = size as unknown as OrganizationSize;
  checkSize(read);
  return read;
}
