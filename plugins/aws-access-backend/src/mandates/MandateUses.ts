import { ConflictError } from '@backstage/errors';
import { Stores } from '../database/Stores';
import { accountAssignmentDocumentSchema } from '../planning/objects/planDocuments';
import { PlanResult } from '../planning/RequestPlanner';
import { RequestRow } from '../requests/stores/RequestStore';
import { countHeld } from './enterMandate';
import { judgeEntry } from './judgeEntry';
import { MandateServices } from './MandateServices';
import { MandateEntry, MandateRow, MandateStore } from './MandateStore';
import { mandateTarget } from './mandateTarget';

type ScopeMandate = Extract<MandateRow, { kind: 'scope' }>;

/** Says whether requests may start under the mandate that filed them. */
export class MandateUses {
  readonly #services: Pick<
    MandateServices,
    'stores' | 'clouds' | 'config' | 'directory'
  >;

  constructor(
    services: Pick<
      MandateServices,
      'stores' | 'clouds' | 'config' | 'directory'
    >,
  ) {
    this.#services = services;
  }

  /**
   * In whose name the request is planned. What was taken in goes on with what
   * somebody filed, so it is judged as that was; all else that an actor filed is
   * never approved by itself (security rule 11).
   */
  async actorOf(request: RequestRow): Promise<string | null> {
    const { mandates, requests } = this.#services.stores;
    const entry = await takenInEntry(mandates, request);
    const mandate = entry && (await findLive(mandates, request, entry));
    const parent = mandate && (await requests.get(mandate.requestId));
    return parent ? parent.actor : request.actor;
  }

  /**
   * Judges anew, on live reads, what was taken in (security rule 19: each use is
   * evaluated again).
   *
   * @param current - the plan of the request, made now on live reads
   * @returns why the mandate does not allow it; empty = it does; undefined = the
   *   request is under no mandate, and people must have approved it
   * @throws CloudError when a cloud cannot be read
   */
  async whyNotAllowed(
    request: RequestRow,
    current: PlanResult,
  ): Promise<string[] | undefined> {
    const { stores } = this.#services;
    const entry = await takenInEntry(stores.mandates, request);
    if (!entry) return undefined;
    const mandate = await findLive(stores.mandates, request, entry);
    const parent = mandate && (await stores.requests.get(mandate.requestId));
    if (!mandate || !parent) {
      return ['What it was taken in for is not kept true any more.'];
    }
    if (!current.plan || !current.policy) return [];
    const target = mandateTarget(
      mandate,
      await stores.provisioning.listSteps(parent.id),
    );
    // Nothing but the one assignment of the scope, to the account that came.
    const isExactly = current.plan.objects
      .filter(({ action }) => action !== 'untouched')
      .every(object => {
        if (object.kind !== 'accountAssignment' || object.action !== 'create') {
          return false;
        }
        const document = accountAssignmentDocumentSchema.parse(object.after);
        return (
          document.accountId === entry.subject &&
          document.permissionSetArn === target.permissionSetArn &&
          document.principal.kind === 'accessGroup' &&
          document.principal.accessGroup === target.entraGroupId
        );
      });
    if (!isExactly) {
      return ['It does more than the scope that was approved.'];
    }
    const { verdict, reason } = await judgeEntry(this.#services, {
      mandate,
      parent,
      accountId: entry.subject,
      plan: current.plan,
      policy: current.policy,
    });
    return verdict === 'takeIn' ? [] : [reason];
  }
}

/**
 * Takes the place of one account under its mandate, in the transaction that makes
 * the request work: the mandate must live, and its ceiling is counted here.
 *
 * @returns when the access ends with what it was taken in for; undefined = the
 *   request is under no mandate
 * @throws ConflictError when the mandate allows it no more
 */
export async function useMandate(
  stores: Stores,
  request: RequestRow,
): Promise<{ mandateId: string; endsAt: string | null } | undefined> {
  const entry = await takenInEntry(stores.mandates, request);
  if (!entry) return undefined;
  const mandate = await stores.mandates.lockLive(entry.mandateId);
  const held =
    mandate && (await countHeld(stores.mandates, mandate.id, entry.subject));
  if (!mandate || held === undefined || held >= (mandate.ceiling ?? 0)) {
    throw new ConflictError('The mandate does not allow it any more');
  }
  const parent = (await stores.requests.get(mandate.requestId))!;
  return { mandateId: mandate.id, endsAt: parent.endsAt };
}

/** A request that has been planned anew for people is theirs to decide. */
async function takenInEntry(
  mandates: MandateStore,
  request: RequestRow,
): Promise<MandateEntry | undefined> {
  const entry = await mandates.findEntryOf(request.id);
  return entry?.verdict === 'takenIn' && request.planVersion === 1
    ? entry
    : undefined;
}

async function findLive(
  mandates: MandateStore,
  { organizationId }: RequestRow,
  { mandateId }: MandateEntry,
): Promise<ScopeMandate | undefined> {
  const live = await mandates.listLive(organizationId);
  return live.find(
    (mandate): mandate is ScopeMandate =>
      mandate.id === mandateId && mandate.kind === 'scope',
  );
}
