import { AccessEntry } from 'backstage-plugin-aws-access-common';
import type { z } from 'zod/v3';

/** One way into an account, as the actions tell of it. */
export function entrySchema(zod: typeof z) {
  return zod.object({
    sentence: zod.string().describe('The way in, in one plain sentence'),
    accountId: zod.string(),
    accountName: zod.string(),
    environment: zod.string(),
    permissionSet: zod.string().describe('Name of the permission set'),
    permissionSetArn: zod.string(),
    accessLevel: zod.string().describe('What it grants, computed'),
    reach: zod
      .string()
      .describe(
        'usable, arriving (in Entra, not yet in AWS) or leaving (gone from Entra, still in AWS)',
      ),
    until: zod.string().nullable().describe('ISO-8601; null = no end'),
    requestNumber: zod.number().nullable(),
    consoleUrl: zod.string().nullable().describe('Opens the account'),
  });
}

const REACH = {
  usable: 'it can be used now',
  arriving: 'AWS does not know it yet, which takes up to 40 minutes',
  leaving: 'it was taken away in Entra and ends in AWS within 40 minutes',
} as const;

/**
 * Says how one person gets into one account.
 *
 * @param userRef - one of the entry's holders
 */
export function describeEntry(entry: AccessEntry, userRef: string) {
  const holder = entry.holders.find(({ entityRef }) => entityRef === userRef);
  const reach = holder?.reach ?? 'usable';
  const { account, permissionSet, path } = entry;
  const through = {
    group: path.via === 'group' ? `through the group ${path.groupName}` : '',
    direct: 'by an assignment to the person themselves',
    missing: 'through a group or user that is gone',
  }[path.via];
  const end = entry.until ? `until ${entry.until}` : 'without an end';
  return {
    sentence: `${holder?.displayName ?? userRef} gets into ${account.name} (${
      account.id
    }) as ${permissionSet.name} (${
      permissionSet.accessLevel
    }) ${through}, ${end}; ${REACH[reach]}.${
      entry.standing === 'unmanaged'
        ? ' No request of this product is behind it.'
        : ''
    }`,
    accountId: account.id,
    accountName: account.name,
    environment: account.environment,
    permissionSet: permissionSet.name,
    permissionSetArn: permissionSet.arn,
    accessLevel: permissionSet.accessLevel,
    reach,
    until: entry.until,
    requestNumber: entry.requestNumber,
    consoleUrl: entry.consoleUrl,
  };
}
