import { Plan } from 'backstage-plugin-aws-access-common';
import { DateTime } from 'luxon';
import { randomUUID } from 'node:crypto';
import { Stores } from '../database/Stores';
import {
  accessGroupDocumentSchema,
  scopeDocumentSchema,
} from '../planning/objects/planDocuments';
import { RequestRow } from '../requests/stores/RequestStore';
import { MandateRow } from './MandateStore';

/**
 * Records what the request keeps true from its start on, in the caller's
 * transaction: its scopes (security rules 17 and 19), and groups whose members
 * are a team (rule 16).
 *
 * @param startsAt - ISO-8601, by the database's time
 */
export async function recordMandates(
  stores: Stores,
  request: RequestRow,
  plan: Plan,
  startsAt: string,
): Promise<void> {
  const of = {
    organizationId: request.organizationId,
    requestId: request.id,
    ownerRef: request.requesterRef,
    approvedAt: request.approvedAt ?? startsAt,
    startsAt,
  };
  const record = async (
    mandate: Omit<MandateRow, 'revokedAt' | 'heldReason'>,
    subjects: string[],
  ) => {
    await stores.mandates.insert(mandate, subjects);
    await stores.audit.append({
      organizationId: request.organizationId,
      kind: 'mandate.begun',
      actor: null,
      requestId: request.id,
      data: {
        mandateId: mandate.id,
        kind: mandate.kind,
        ceiling: mandate.ceiling,
        endsAt: mandate.endsAt,
        planDigest: request.planDigest,
      },
    });
  };

  for (const object of plan.objects) {
    if (object.kind !== 'scope' || object.action === 'remove') continue;
    const document = scopeDocumentSchema.parse(object.after);
    if (document.scope.kind === 'named') continue;
    await record(
      {
        ...of,
        id: randomUUID(),
        kind: 'scope',
        objectKey: object.key,
        document,
        ceiling: document.scope.maxAccounts,
        endsAt: DateTime.fromISO(startsAt, { zone: 'utc' })
          .plus({ seconds: document.seconds })
          .toISO(),
      } as Omit<MandateRow, 'revokedAt' | 'heldReason'>,
      document.accountIds,
    );
  }

  for (const change of request.changes) {
    if (change.kind !== 'accessGroup' || change.members.kind !== 'team') {
      continue;
    }
    const group = plan.objects.find(
      ({ kind, key }) => kind === 'accessGroup' && key === change.key,
    );
    if (!group) continue;
    await record(
      {
        ...of,
        id: randomUUID(),
        kind: 'team',
        objectKey: `team/${change.key}`,
        document: { accessGroup: change.key, team: change.members.team },
        ceiling: null,
        endsAt: null,
      } as Omit<MandateRow, 'revokedAt' | 'heldReason'>,
      accessGroupDocumentSchema.parse(group.after).memberIds,
    );
  }
}
