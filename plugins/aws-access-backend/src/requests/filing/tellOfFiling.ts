import { announce } from '../../awareness/announce';
import { Stores } from '../../database/Stores';
import { countLabel } from '../../wording/labels';
import { askApprovers } from '../asking/askApprovers';
import { Asker } from '../askerOf';
import { RequestOrigin } from './RequestFiler';
import { PlannedInput } from './RequestPreviewer';
import { RequestRow } from '../stores/RequestStore';

const WORDS = { copy: 'a copy', extension: 'an extension' } as const;

/**
 * Asks who is to decide, and writes down what was filed, in the caller's
 * transaction.
 */
export async function tellOfFiling(
  stores: Stores,
  row: RequestRow,
  planned: PlannedInput,
  asker: Asker,
  origin: RequestOrigin | null,
): Promise<void> {
  const { requests, audit } = stores;
  const policy = planned.result.policy!;
  if (row.state === 'pending') {
    await askApprovers(stores, row, planned.stages, []);
  }

  const filer = asker.filer ?? asker;
  const byActor = asker.actor ? ` ${throughWhat(asker.actor)}` : '';
  const forWhom = asker.filer ? ` for ${asker.displayName}` : '';
  await requests.appendTimeline({
    requestId: row.id,
    kind: 'filed',
    actorRef: filer.userRef,
    text: `Filed by ${filer.displayName}${byActor}${forWhom}${
      origin
        ? ` as ${WORDS[origin.as]} of request ${origin.request.number}`
        : ''
    }.`,
  });
  await requests.appendTimeline({
    requestId: row.id,
    kind: 'planned',
    actorRef: null,
    text: plannedText(planned),
  });
  if (row.state === 'denied') {
    await requests.appendTimeline({
      requestId: row.id,
      kind: 'denied',
      actorRef: null,
      text: `Denied by the policy: ${policy.denials.join(' ')}`,
    });
  }
  if (row.state === 'approved') {
    await requests.appendTimeline({
      requestId: row.id,
      kind: 'approved',
      actorRef: null,
      text: 'The policy approves it without asking anybody.',
    });
  }
  await announce(stores, row, {
    what: 'filed',
    from: null,
    actorRef: filer.userRef,
  });
  await audit.append({
    organizationId: row.organizationId,
    kind: 'request.filed',
    actor: filer.userRef,
    requestId: row.id,
    data: {
      to: row.state,
      through: asker.actor,
      ...(asker.filer && { onBehalfOf: asker.userRef }),
      teamRef: row.teamRef,
      bodyDigest: row.bodyDigest,
      planVersion: row.planVersion,
      planDigest: row.planDigest,
      rulesDigest: policy.rulesDigest,
      stages: policy.stages.map(({ id, count }) => ({ id, count })),
    },
  });
}

/** An actor in words; people know the scaffolder by its templates. */
function throughWhat(actor: string): string {
  return actor === 'plugin:scaffolder' ? 'by a template' : `through ${actor}`;
}

function plannedText({ stages, result }: PlannedInput): string {
  const { findings } = result.plan!;
  const waits =
    stages.length === 0
      ? 'no approval is needed'
      : `it needs the approval of ${stages
          .map(({ stage }) => stage.name)
          .filter((name, index, names) => names.indexOf(name) === index)
          .join(' and ')}`;
  return `Planned from the stored picture of the clouds: ${countLabel(
    findings.length,
    'finding',
    'findings',
  )}, ${waits}.`;
}
