import {
  EffectiveAccess,
  ServiceAccess,
} from 'backstage-plugin-aws-access-common';

/** A service in which two permission sets grant different things. */
export interface ServiceDifference {
  service: string;
  name: string;
  before: ServiceAccess | undefined;
  after: ServiceAccess | undefined;
}

/**
 * Services in which two permission sets grant different numbers of actions,
 * or under different limits, by name.
 */
export function compareServices(
  before: EffectiveAccess,
  after: EffectiveAccess,
): ServiceDifference[] {
  const old = byPrefix(before.services);
  const now = byPrefix(after.services);
  return [...new Set([...old.keys(), ...now.keys()])]
    .map(service => {
      const pair = { before: old.get(service), after: now.get(service) };
      const name = pair.after?.name ?? pair.before?.name ?? service;
      return { service, name, ...pair };
    })
    .filter(pair => contentOf(pair.before) !== contentOf(pair.after))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function byPrefix(services: readonly ServiceAccess[]) {
  return new Map(services.map(one => [one.service, one]));
}

function contentOf(access: ServiceAccess | undefined): string {
  return access
    ? JSON.stringify([access.isWhole, access.levels, access.limits])
    : '';
}
