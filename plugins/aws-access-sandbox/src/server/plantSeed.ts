import {
  type GeneratedSeedName,
  generateOrganization,
  namedSizes,
  parseGeneratedSeed,
} from '../generator';
import { seedExampleCompany } from '../seed';
import type { SandboxContext, SandboxSeed } from './SandboxContext';

/**
 * The seeds that come with the sandbox: `example` is the company with all its access, `empty` the same company before
 * anybody had any, and the generated ones are the company among many others.
 * @public
 */
export type SandboxSeedName = 'example' | 'empty' | GeneratedSeedName;

const SEED_KEY = 'seed.name';

/** Everything that grants access, in an order that respects the references between the tables. */
const ACCESS_TABLES = [
  'aws_account_assignments',
  'aws_provisioned_permission_sets',
  'aws_permission_sets',
  'identity_store_memberships',
  'identity_store_groups',
  'identity_store_users',
  'entra_app_role_assignments',
  'entra_group_members',
  'entra_group_owners',
  'entra_groups',
  'scim_links',
  'entra_provisioning_log',
];

const SEEDS: Record<'example' | 'empty', SandboxSeed> = {
  example: seedExampleCompany,
  empty(context) {
    seedExampleCompany(context);
    context.store.run(
      'DELETE FROM aws_resource_tags WHERE resource_id IN (SELECT arn FROM aws_permission_sets)',
    );
    for (const table of ACCESS_TABLES) {
      context.store.run(`DELETE FROM ${table}`);
    }
  },
};

/**
 * Finds a seed by its name.
 * @throws RangeError when there is none of that name, or when its size cannot be made
 */
export function findSeed(name: string): SandboxSeed {
  if (Object.hasOwn(SEEDS, name)) {
    return SEEDS[name as keyof typeof SEEDS];
  }
  const size = parseGeneratedSeed(name);
  if (!size) {
    const names = [...Object.keys(SEEDS), ...Object.keys(namedSizes)];
    throw new RangeError(
      `There is no seed "${name}": use ${names.join(
        ', ',
      )}, or generated: and sizes such as generated:accounts=2000,people=10000`,
    );
  }
  return context => generateOrganization(context, size);
}

/** Fills a store that has never been filled; a state file that exists keeps what it holds. */
export function plantSeed(
  context: SandboxContext,
  seed: SandboxSeedName | SandboxSeed,
): void {
  const { store } = context;
  store.transaction(() => {
    if (store.getMeta(SEED_KEY) !== undefined) {
      return;
    }
    (typeof seed === 'function' ? seed : findSeed(seed))(context);
    if (!context.switches.permissionSetsEnabled) {
      store.run('UPDATE aws_instance SET permission_sets_enabled = 0');
    }
    store.setMeta(SEED_KEY, typeof seed === 'function' ? 'custom' : seed);
  });
}

/** Throws away everything that happened and starts again from the seed, in one transaction. */
export function resetToSeed(
  context: SandboxContext,
  seed: SandboxSeedName | SandboxSeed,
): void {
  context.store.transaction(() => {
    context.store.clear();
    context.clock.reset();
    plantSeed(context, seed);
  });
}
