import { Overlap, Plan } from 'backstage-plugin-aws-access-common';
import { RequestRelations } from '../../authorization/RequestRelations';
import { Caller } from '../../authorization/Viewer';
import { Stores } from '../../database/Stores';
import { effectKey } from '../../planning/objects/objectKeys';
import { endedAccounts } from '../../leases/endedAccounts';
import { LeaseRow } from '../../leases/LeaseStore';
import { LoadedRequest, RequestLoader } from '../reading/RequestLoader';
import { whatGoesOn } from '../reading/whatGoesOn';

/** More would not be read by anybody. */
const MOST_SHOWN = 10;

/**
 * Finds open requests and live access that overlap with a plan. They are shown
 * and not refused: leases compose, and two reasons for one access are two
 * reasons. What the caller may not read is left out (security rule 29).
 */
export class OverlapFinder {
  readonly #stores: Pick<Stores, 'requests' | 'leases'>;
  readonly #loader: RequestLoader;
  readonly #relations: RequestRelations;

  constructor(options: {
    stores: Pick<Stores, 'requests' | 'leases'>;
    loader: RequestLoader;
    relations: RequestRelations;
  }) {
    this.#stores = options.stores;
    this.#loader = options.loader;
    this.#relations = options.relations;
  }

  /** @param exceptId - the request that the plan is of */
  async find(
    organizationId: string,
    plan: Plan,
    caller: Caller,
    exceptId?: string,
  ): Promise<Overlap[]> {
    const rows = await this.#stores.requests.listTouching({
      organizationId,
      entityRefs: plan.people.flatMap(person => person.entityRef ?? []),
      accountIds: plan.accounts.map(({ id }) => id),
      limit: MOST_SHOWN + 1,
    });
    const overlaps: Overlap[] = [];
    for (const row of rows) {
      if (row.id === exceptId) continue;
      const loaded = await this.#loader.load(row, caller.directory);
      const leases = await this.#stores.leases.listOfRequest(row.id);
      const extent = extentOf(plan, withoutEnded(loaded, leases));
      if (!extent) continue;
      const { isVisible } = await this.#relations.relate(loaded, caller);
      if (!isVisible) continue;
      overlaps.push({
        id: row.id,
        number: row.number,
        state: row.state,
        extent,
        text: await titleNow(loaded, leases, caller),
        endsAt: row.endsAt,
      });
    }
    return overlaps.slice(0, MOST_SHOWN);
  }
}

/** Where it has ended, a usable request gives nothing any more. */
function withoutEnded(
  { row, plan: { plan } }: LoadedRequest,
  leases: LeaseRow[],
): Pick<Plan, 'gains' | 'losses'> {
  if (row.state !== 'active') return plan;
  const ended = endedAccounts(leases);
  return {
    gains: plan.gains.filter(({ accountId }) => !ended.has(accountId)),
    losses: plan.losses,
  };
}

async function titleNow(
  loaded: LoadedRequest,
  leases: LeaseRow[],
  { directory }: Caller,
): Promise<string> {
  const { row } = loaded;
  const requester = await directory.findPerson(row.requesterRef);
  const name = requester?.displayName ?? row.requesterRef;
  return whatGoesOn(loaded, leases, name)?.title ?? row.title;
}

/**
 * How much of what the plan gives or takes the other one gives or takes;
 * undefined = nothing. Pure.
 */
export function extentOf(
  plan: Pick<Plan, 'gains' | 'losses'>,
  other: Pick<Plan, 'gains' | 'losses'>,
): Overlap['extent'] | undefined {
  const touched = effectsOf(other);
  const effects = [...effectsOf(plan)];
  const shared = effects.filter(effect => touched.has(effect));
  if (shared.length === 0) return undefined;
  return shared.length === effects.length ? 'same' : 'some';
}

function effectsOf({ gains, losses }: Pick<Plan, 'gains' | 'losses'>) {
  return new Set([...gains, ...losses].map(effectKey));
}
