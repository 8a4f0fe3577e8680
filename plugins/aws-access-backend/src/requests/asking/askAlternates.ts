import { approvalsOf } from '../../approvals/fillStages';
import { nextAlternatesAt } from '../../approvals/nextAlternatesAt';
import { RootStores } from '../../database/Stores';
import { Claim } from '../../organizations/OrganizationStore';
import { PersonDirectory } from '../../people/PersonDirectory';
import { listLabel } from '../../wording/labels';
import { askApprovers } from './askApprovers';
import { RequestLoader } from '../reading/RequestLoader';

const AT_ONCE = 50;

/**
 * Asks those who are to be asked by now: alternates whose time has come, and all
 * approvers of a plan that was made anew without anybody. Whether alternates may
 * decide is worked out from the time whenever somebody decides; this only asks
 * them. Nobody is taken out of a stage, and time never approves.
 *
 * @throws FenceLostError when the work is not the caller's any more
 * @throws Error when the catalog cannot be read; nobody is asked then
 */
export async function askAlternates(
  services: {
    stores: RootStores;
    loader: RequestLoader;
    directory: PersonDirectory;
  },
  claim: Claim,
): Promise<void> {
  const { stores, loader, directory } = services;
  const due = await stores.requests.listAlternatesDue(
    claim.organizationId,
    AT_ONCE,
  );
  for (const id of due) {
    const row = (await stores.requests.get(id))!;
    const loaded = await loader.load(row, directory);
    const { plan, stages, waiting } = loaded;
    const joined = stages.flatMap(({ alternates }) =>
      alternates?.hasJoined ? alternates.people : [],
    );
    await stores.transaction(async transaction => {
      await transaction.organizations.fence(claim);
      await transaction.provisioning.lockRequest(id);
      // Decided or narrowed meanwhile: the next round looks at what it is then.
      if ((await transaction.requests.get(id))!.version !== row.version) return;
      await transaction.requests.setAlternatesAt(
        id,
        plan.version,
        waiting && nextAlternatesAt(plan, waiting.now),
      );
      const names = [...new Set(joined.map(person => person.displayName))];
      await askApprovers(
        transaction,
        row,
        stages,
        approvalsOf(loaded.decisions),
      );
      if (joined.length === 0) return;
      await transaction.requests.appendTimeline({
        requestId: id,
        kind: 'alternatesAsked',
        actorRef: null,
        text: `It has waited long, so ${listLabel(names)} may decide as well.`,
      });
      await transaction.outbox.put({
        kind: 'signal',
        requestId: id,
        state: row.state,
      });
      await transaction.audit.append({
        organizationId: row.organizationId,
        kind: 'request.alternatesAsked',
        actor: null,
        requestId: id,
        data: {
          planVersion: plan.version,
          asked: joined.map(person => person.entityRef),
        },
      });
    });
  }
}
