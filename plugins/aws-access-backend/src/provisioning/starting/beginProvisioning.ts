import { ConflictError } from '@backstage/errors';
import { Plan } from 'backstage-plugin-aws-access-common';
import { DateTime, Duration } from 'luxon';
import { randomUUID } from 'node:crypto';
import { beginLeases } from '../../leases/beginLeases';
import { leaseObjectKey } from '../../leases/LeaseStore';
import { useMandate } from '../../mandates/MandateUses';
import { recordMandates } from '../../mandates/recordMandates';
import { recordTransition } from '../../requests/life/recordTransition';
import { RequestRow } from '../../requests/stores/RequestStore';
import { compileSteps } from '../steps/compileSteps';
import { nameOfReservation } from '../../planning/names/reservedNames';
import { findReliedOn } from './findReliedOn';
import { createdNames } from './footprintOf';
import { findRemovals } from '../running/findRemovals';
import { StartEnvironment, StartOutcome } from './startRequest';

/**
 * The one transaction in which an approved request becomes work: names, grant,
 * steps, start and end, state, and the leases on what it relies on, so that
 * nothing of it goes with another request between now and its own steps.
 *
 * @param planned.plannedAt - the database's time before the clouds were read for
 *   the plan: what was taken away after it may be missing, and the request waits
 *   for a plan that knows
 */
export async function beginProvisioning(
  { stores, claim, grantSeconds }: StartEnvironment,
  request: RequestRow,
  { plan, plannedAt }: { plan: Plan; plannedAt: string },
): Promise<StartOutcome> {
  const steps = compileSteps(plan);
  try {
    await stores.transaction(async transaction => {
      await transaction.organizations.fence(claim);
      const { provisioning } = transaction;
      await provisioning.lockRequest(request.id);
      const taken = await provisioning.footprints.reserveNames(
        request.organizationId,
        request.id,
        createdNames(plan),
      );
      if (taken.length > 0) {
        throw new ConflictError(
          `Another request has reserved the name ${nameOfReservation(
            taken[0],
          )}`,
        );
      }
      const relied = await findReliedOn(
        transaction,
        request.organizationId,
        plan,
      );
      const removals = await findRemovals(
        transaction,
        request.organizationId,
        relied.map(leaseObjectKey),
        { orDoneSince: plannedAt },
      );
      if (removals.length > 0) {
        throw new ConflictError(
          `What the plan relies on leaves with another request: ${removals[0].objectKey}`,
        );
      }
      const startsAt = await transaction.now();
      const use = await useMandate(transaction, request);
      await recordMandates(transaction, request, plan, startsAt);
      const endsAt = use
        ? use.endsAt
        : request.duration &&
          later(startsAt, Duration.fromISO(request.duration));
      const authorizationId = randomUUID();
      await provisioning.authorizations.insert({
        id: authorizationId,
        organizationId: request.organizationId,
        requestId: request.id,
        kind: use ? 'mandate' : 'grant',
        planVersion: request.planVersion,
        planDigest: request.planDigest,
        lapsesAt: later(
          startsAt,
          Duration.fromObject({ seconds: grantSeconds }),
        ),
        endsAt,
      });
      await provisioning.steps.insert(
        steps.map((step, position) => ({
          id: randomUUID(),
          organizationId: request.organizationId,
          requestId: request.id,
          authorizationId,
          phase: 'grant',
          position,
          kind: step.kind,
          title: step.title,
          input: { ...step.input },
        })),
      );
      const started = await recordTransition(transaction, {
        request,
        to: 'provisioning',
        actorRef: null,
        event: { kind: 'stateChanged', text: 'Being set up in Entra and AWS' },
        auditData: {
          authorizationId,
          steps: steps.length,
          ...(use && { mandateId: use.mandateId }),
        },
        patch: {
          stateReason: null,
          startsAt,
          endsAt,
        },
      });
      await beginLeases(transaction, started, relied);
    });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    // Withdrawn meanwhile, a name is taken, or something of it leaves; the next
    // round looks again.
    await stores.provisioning.footprints.release(request.id);
    return { kind: 'later', waitsFor: [] };
  }
  return { kind: 'started' };
}

function later(moment: string, duration: Duration): string {
  return DateTime.fromISO(moment, { zone: 'utc' }).plus(duration).toISO()!;
}
