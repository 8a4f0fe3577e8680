import { ServiceAccess } from 'backstage-plugin-aws-access-common';
import { Grants } from './grantsOf';
import {
  IAM_LEVELS,
  IamAction,
  IamLevel,
  iamService,
  iamServiceNames,
} from './iamActions';
import { ActionReach, sayOf, weigh } from './reachOf';
import { RecentResults } from './RecentResults';

/** What is allowed in one service. */
export interface ServiceReach {
  access: ServiceAccess;
  /** Levels of which some action is allowed on every resource. */
  everywhere: ReadonlySet<IamLevel>;
}

/** A level of a service, or one action of it: what a decision is made about. */
interface Item {
  key: string;
  action: IamAction;
  count: number;
}

type Side = Pick<Grants, 'allows' | 'denies' | 'boundary'>;

const byLevel = new Map<string, Item[]>();

/**
 * Most services are touched by nothing but policies about everything, and then
 * many permission sets come to the same there: 456 services, a few ways each.
 */
const recent = new RecentResults<ServiceReach | null>(5000);

/** What is allowed in the service; undefined = nothing. */
export function serviceReach(
  grants: Grants,
  service: string,
): ServiceReach | undefined {
  const touches = (list: Grants['allows']) =>
    list.filter(grant => grant.coverageOf(service) !== null);
  const side: Side = {
    allows: touches(grants.allows),
    denies: touches(grants.denies),
    boundary: grants.boundary && touches(grants.boundary),
  };
  if (side.allows.length === 0 || side.boundary?.length === 0) return undefined;
  if (!isByLevel(side, service)) {
    return workOut(side, service, actionItems(service));
  }
  return (
    recent.getOrCompute(
      signatureOf(side, service),
      () => workOut(side, service, levelItems(service)) ?? null,
    ) ?? undefined
  );
}

function workOut(
  side: Side,
  service: string,
  items: Item[],
): ServiceReach | undefined {
  const limits = new Set<ServiceAccess['limits'][number]>();
  const counts = new Map<IamLevel, number>();
  const everywhere = new Set<IamLevel>();
  let isApproximate = false;
  for (const { key, action, count } of items) {
    const reach = weigh(sayOf(side, service, key, action), service);
    if (reach.extent === 'none') continue;
    counts.set(action.level, (counts.get(action.level) ?? 0) + count);
    if (reach.extent === 'everywhere') everywhere.add(action.level);
    addLimits(reach, limits);
    isApproximate ||= reach.isApproximate;
  }
  if (counts.size === 0) return undefined;

  const all = totalsOf(service);
  const levels = IAM_LEVELS.filter(level => counts.has(level)).map(level => ({
    level,
    actions: counts.get(level)!,
    of: all.get(level)!,
  }));
  return {
    access: {
      service,
      name: iamServiceNames().get(service)!,
      isWhole:
        limits.size === 0 &&
        levels.length === all.size &&
        levels.every(({ actions, of }) => actions === of),
      levels,
      limits: [...limits].sort(),
      isApproximate,
    },
    everywhere,
  };
}

function addLimits(
  reach: ActionReach,
  limits: Set<ServiceAccess['limits'][number]>,
) {
  if (reach.extent === 'some') limits.add('resources');
  if (reach.isConditional) limits.add('conditions');
  if (reach.isPartlyDenied) limits.add('denials');
}

/**
 * True where every policy speaks of whole levels: then five decisions do instead
 * of hundreds.
 */
function isByLevel(
  { allows, denies, boundary }: Side,
  service: string,
): boolean {
  return [...allows, ...denies, ...(boundary ?? [])].every(
    grant => typeof grant.coverageOf(service) !== 'function',
  );
}

/** Equal where the grants come to the same in the service, whatever their order. */
function signatureOf(
  { allows, denies, boundary }: Side,
  service: string,
): string {
  const textOf = (list: Grants['allows']) =>
    [
      ...new Set(
        list.map(grant => {
          const coverage = grant.coverageOf(service);
          return [
            coverage instanceof Set ? [...coverage].sort() : coverage,
            grant.extentIn(service),
            grant.isConditional,
            grant.isOnAll,
            grant.isApproximate,
          ].join();
        }),
      ),
    ]
      .sort()
      .join(';');
  return [
    service,
    textOf(allows),
    textOf(denies),
    boundary ? textOf(boundary) : 'none',
  ].join('|');
}

function actionItems(service: string): Item[] {
  return [...iamService(service)!].map(([key, action]) => ({
    key,
    action,
    count: 1,
  }));
}

function levelItems(service: string): Item[] {
  let items = byLevel.get(service);
  if (!items) {
    const found = new Map<IamLevel, Item>();
    for (const item of actionItems(service)) {
      const before = found.get(item.action.level);
      if (before) before.count += 1;
      else found.set(item.action.level, item);
    }
    items = [...found.values()];
    byLevel.set(service, items);
  }
  return items;
}

function totalsOf(service: string): Map<IamLevel, number> {
  return new Map(
    levelItems(service).map(({ action, count }) => [action.level, count]),
  );
}
