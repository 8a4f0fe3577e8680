import { ConflictError } from '@backstage/errors';
import { randomUUID } from 'node:crypto';
import { Stores } from '../database/Stores';
import { compileRemovalSteps } from '../provisioning/steps/compileRemovalSteps';
import { findOwnSets } from '../provisioning/running/findOwnSets';
import { provesOurs } from '../provisioning/running/writeEffect';
import { recordTransition } from '../requests/life/recordTransition';
import { RequestRow } from '../requests/stores/RequestStore';
import { LeaseObject, leaseObjectKey, LeaseRow } from './LeaseStore';

/**
 * Ends what a request gives, in the caller's transaction and in every state that
 * holds access: its leases stop being a reason, its grant allows nothing more,
 * and the way back becomes steps (security rules 19, 22 and 25).
 *
 * @throws ConflictError when the request ends already or gives nothing
 */
export async function endAccess(
  stores: Stores,
  options: {
    request: RequestRow;
    /** Null: the product itself. */
    actorRef: string | null;
    kind: 'returned' | 'expired' | 'stateChanged';
    text: string;
    /** See RequestTransition. */
    auditData?: Record<string, unknown>;
  },
): Promise<RequestRow> {
  const { request, actorRef, kind, text } = options;
  // Waits for a step that records its intents, so that none of them is missed.
  await stores.provisioning.lockRequest(request.id);
  const { authorizations, steps, footprints } = stores.provisioning;
  if (await authorizations.find(request.id, 'removal')) {
    throw new ConflictError(
      `The access of request ${request.number} is being taken away already`,
    );
  }
  await authorizations.revokeGrants(request.id);
  await steps.skipUnfinishedGrants(
    request.id,
    'Given up: the access ended before it was complete',
  );
  await stores.leases.endOfRequest(request.id);

  const authorizationId = randomUUID();
  await authorizations.insert({
    id: authorizationId,
    organizationId: request.organizationId,
    requestId: request.id,
    kind: 'removal',
    planVersion: request.planVersion,
    planDigest: request.planDigest,
    lapsesAt: null,
  });
  const { plan } = await stores.requests.getPlan(
    request.id,
    request.planVersion,
  );
  const leases = await leasesToEnd(stores, request);
  const sets = await setsLeftBehind(stores, request, leases);
  await steps.insert(
    compileRemovalSteps([...leases, ...sets], plan).map((step, position) => ({
      id: randomUUID(),
      organizationId: request.organizationId,
      requestId: request.id,
      authorizationId,
      phase: 'removal',
      position,
      kind: step.kind,
      title: step.title,
      input: { ...step.input },
    })),
  );
  const ending = await recordTransition(stores, {
    request,
    to: 'ending',
    actorRef,
    event: { kind, text },
    auditData: options.auditData,
    patch: { stateReason: null },
  });
  // Nothing is being made any more, so that nothing can compose with it.
  await footprints.release(request.id);
  return ending;
}

/**
 * What the way back has to look at. Groups, places in the enterprise application
 * and permission sets that were there before are what access hangs on, and never
 * ours to remove; nobody expects to read of them.
 */
async function leasesToEnd(
  { leases, provisioning }: Stores,
  request: RequestRow,
): Promise<LeaseRow[]> {
  const all = await leases.listOfRequest(request.id);
  const carriers = ['accessGroup', 'applicationAssignment', 'permissionSet'];
  const ours: LeaseRow[] = [];
  for (const lease of all) {
    const mayGo =
      !carriers.includes(lease.object.kind) ||
      provesOurs(
        await provisioning.intents.listOfObject(
          request.organizationId,
          lease.objectKey,
        ),
      );
    if (mayGo) ours.push(lease);
  }
  return ours;
}

/**
 * Permission sets of this product that the request assigned and nobody else has a
 * reason for. It has none itself where its assignment was sent before it was on
 * record that the set is ours; whoever made the set kept it for the assignment.
 */
async function setsLeftBehind(
  stores: Stores,
  { id, organizationId }: RequestRow,
  leases: LeaseRow[],
): Promise<Array<Pick<LeaseRow, 'object'>>> {
  const known = new Set(leases.map(({ objectKey }) => objectKey));
  const sets = await findOwnSets(
    stores,
    organizationId,
    leases.flatMap(({ object }) =>
      'permissionSetArn' in object
        ? [
            {
              permissionSetArn: object.permissionSetArn,
              permissionSetName: object.permissionSetArn,
            },
          ]
        : [],
    ),
  );
  const left: LeaseObject[] = [];
  for (const set of sets) {
    const key = leaseObjectKey(set);
    if (known.has(key)) continue;
    if (await stores.leases.isWantedByOthers(organizationId, key, id)) continue;
    left.push(set);
  }
  return left.map(object => ({ object }));
}
