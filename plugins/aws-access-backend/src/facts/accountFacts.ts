import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  Environment,
  environmentSchema,
} from 'backstage-plugin-aws-access-common';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { InventoryAccount } from '../inventory/InventoryStore';
import { Fact } from './Fact';

/** What is known about an account as far as rules and approvers go. */
export interface AccountFacts {
  accountId: string;
  environment: Fact<Exclude<Environment, 'unknown'>>;
  /** Refs of users and groups. */
  owners: Fact<string[]>;
  /** Trusted sources name different owners: somebody must settle it. */
  ownersConflict: string | null;
}

const known = environmentSchema.exclude(['unknown']);

/**
 * Finds environment and owner from Organizations tags and from the owners that
 * trusted catalog entities name; nothing else counts (security rule 7).
 *
 * @param catalogOwners - from entities of trusted locations only
 */
export function accountFacts(
  account: Pick<InventoryAccount, 'accountId' | 'tags'>,
  config: OrganizationConfig['accountFacts'],
  catalogOwners: string[] = [],
): AccountFacts {
  return {
    accountId: account.accountId,
    environment: environmentOf(account.tags, config.environmentTag),
    ...ownersOf(account.tags, config.ownerTag, catalogOwners),
  };
}

function environmentOf(
  tags: Record<string, string>,
  tag: string,
): AccountFacts['environment'] {
  const value = Object.hasOwn(tags, tag) ? tags[tag] : undefined;
  if (value === undefined) {
    return { known: false, reason: `it has no tag '${tag}'` };
  }
  const parsed = known.safeParse(value.trim().toLowerCase());
  return parsed.success
    ? { known: true, value: parsed.data, source: `its tag '${tag}'` }
    : {
        known: false,
        reason: `its tag '${tag}' is none of ${known.options.join(', ')}`,
      };
}

function ownersOf(
  tags: Record<string, string>,
  tag: string,
  catalogOwners: string[],
): Pick<AccountFacts, 'owners' | 'ownersConflict'> {
  const tagged = Object.hasOwn(tags, tag) ? toOwnerRef(tags[tag]) : undefined;
  if (tagged === null) {
    return unknownOwner(
      `its tag '${tag}' is not a reference to a catalog user or group`,
    );
  }
  const claims = new Set(catalogOwners);
  if (tagged) claims.add(tagged);
  const owners = [...claims].sort();
  if (owners.length === 0) {
    return unknownOwner(
      `it has no tag '${tag}', and no trusted catalog entity stands for it`,
    );
  }
  if (owners.length > 1) {
    const conflict = `trusted sources name different owners: ${owners.join(
      ', ',
    )}`;
    return { ...unknownOwner(conflict), ownersConflict: conflict };
  }
  return {
    owners: {
      known: true,
      value: owners,
      source: tagged ? `its tag '${tag}'` : 'the catalog',
    },
    ownersConflict: null,
  };
}

function unknownOwner(reason: string) {
  return { owners: { known: false as const, reason }, ownersConflict: null };
}

function toOwnerRef(value: string): string | null {
  try {
    const ref = parseEntityRef(value.trim(), { defaultNamespace: 'default' });
    const kind = ref.kind.toLowerCase();
    return kind === 'user' || kind === 'group' ? stringifyEntityRef(ref) : null;
  } catch {
    return null;
  }
}
