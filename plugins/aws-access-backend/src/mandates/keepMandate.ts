import { ConflictError } from '@backstage/errors';
import { Claim } from '../organizations/OrganizationStore';
import { RequestRow } from '../requests/stores/RequestStore';
import { countLabel } from '../wording/labels';
import { holdMandate, RELEASED } from './holdMandate';
import { Leaving, leaveMandate } from './leaveMandate';
import { MandateServices } from './MandateServices';
import { MandateEntry, MandateRow } from './MandateStore';

/** What a mandate keeps true, as a complete reading shows it now. */
export interface Kept {
  mandate: MandateRow;
  parent: RequestRow;
  /** Subjects that are in it now. */
  subjects: Set<string>;
  /** Looks again, at the source itself, at what seems to have left. */
  confirmLeft: (subjects: string[]) => Promise<string[]>;
  /** What leaves with a subject. */
  leavingOf: (subject: string) => Pick<Leaving, 'concerns' | 'reason'>;
  /** What is done about a subject that has come. */
  enter: (subject: string, known: MandateEntry | undefined) => Promise<void>;
}

/**
 * Makes true what one mandate keeps true: first what left is taken away, then
 * what came is judged. Large removals stop, and ask.
 *
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function keepMandate(
  services: Pick<MandateServices, 'stores' | 'config'>,
  claim: Claim,
  kept: Kept,
): Promise<void> {
  const { stores, config } = services;
  const { mandate, parent, subjects } = kept;
  const entries = await stores.mandates.listEntries(mandate.id);
  const inside = entries.filter(({ verdict }) => verdict !== 'left');
  const seemGone = inside
    .filter(({ subject }) => !subjects.has(subject))
    .map(({ subject }) => subject);
  const gone =
    seemGone.length > 0 ? await kept.confirmLeft(seemGone) : seemGone;

  const { removalsAtOnce } =
    config.organizations[mandate.organizationId].limits;
  const isReleased = mandate.heldReason === RELEASED;
  if (gone.length > removalsAtOnce && !isReleased) {
    await holdMandate(
      stores,
      claim,
      mandate,
      `${countLabel(
        gone.length,
        'part of it',
        'parts of it',
      )} would be taken away at once, and ${removalsAtOnce} are the most that go without asking.`,
    );
    return;
  }
  for (const entry of inside.filter(({ subject }) => gone.includes(subject))) {
    await leave(services, claim, kept, entry);
  }
  if (isReleased) {
    await stores.transaction(async transaction => {
      await transaction.organizations.fence(claim);
      await transaction.mandates.hold(mandate.id, null);
    });
  }

  const known = new Map(entries.map(entry => [entry.subject, entry]));
  for (const subject of [...subjects].sort()) {
    const entry = known.get(subject);
    // What is ignored is looked at again: what was in the way may have passed.
    const isNew = !entry || ['left', 'ignored'].includes(entry.verdict);
    if (isNew && parent.state === 'active') await kept.enter(subject, entry);
  }
}

async function leave(
  { stores }: Pick<MandateServices, 'stores'>,
  claim: Claim,
  { mandate, leavingOf }: Kept,
  entry: MandateEntry,
): Promise<void> {
  try {
    await stores.transaction(async transaction => {
      await transaction.organizations.fence(claim);
      await transaction.provisioning.lockRequest(mandate.requestId);
      const live = await transaction.mandates.lockLive(mandate.id);
      if (!live) return;
      await leaveMandate(transaction, {
        mandate: live,
        parent: (await transaction.requests.get(mandate.requestId))!,
        entry,
        ...leavingOf(entry.subject),
      });
    });
  } catch (error) {
    // It moved at the same moment; the next look sees it.
    if (!(error instanceof ConflictError)) throw error;
  }
}
