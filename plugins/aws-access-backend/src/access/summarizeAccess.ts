import {
  AccessEntry,
  AccessResponse,
  environmentSchema,
} from 'backstage-plugin-aws-access-common';
import { holderKey } from './holderKey';

/** The numbers above a list of access. */
export function summarizeAccess(
  entries: AccessEntry[],
): Pick<AccessResponse, 'counts' | 'environments' | 'nextEnd'> {
  const people = new Set<ReturnType<typeof holderKey>>();
  const environmentOf = new Map<
    string,
    AccessEntry['account']['environment']
  >();
  for (const { account, holders } of entries) {
    environmentOf.set(account.id, account.environment);
    holders.forEach(holder => people.add(holderKey(holder)));
  }
  const ends = entries.flatMap(({ until }) => until ?? []).sort();
  const environments = Object.fromEntries(
    environmentSchema.options.map(environment => [environment, 0]),
  ) as AccessResponse['environments'];
  for (const environment of environmentOf.values()) environments[environment]++;
  return {
    counts: {
      people: people.size,
      accounts: environmentOf.size,
      permissionSets: new Set(entries.map(entry => entry.permissionSet.arn))
        .size,
      temporary: entries.filter(({ standing }) => standing === 'temporary')
        .length,
    },
    environments,
    nextEnd: ends[0] ?? null,
  };
}
