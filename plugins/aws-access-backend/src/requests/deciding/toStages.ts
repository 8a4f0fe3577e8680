import { Plan, Stage } from 'backstage-plugin-aws-access-common';
import { accountLabel, listLabel } from '../../wording/labels';
import { ResolvedStage, stagesToFill } from '../../approvals/ApproverResolver';
import { CatalogPerson } from '../../people/PersonDirectory';
import { FilledStages, findOpenStages } from '../../approvals/fillStages';

/**
 * Stages for people: with whom they wait for, and with their accounts where two
 * would look the same.
 *
 * @param decided - Entra object ids of people who cannot decide any more
 */
export function toStages(
  stages: ResolvedStage[],
  filled: FilledStages,
  plan: Pick<Plan, 'accounts'>,
  decided: ReadonlySet<string> = new Set(),
): Stage[] {
  const open = findOpenStages(stagesToFill(stages), filled);
  const shown = stages.map(({ stage, approvers, alternates }) => {
    const isAlone =
      stages.filter(other => other.stage.name === stage.name).length === 1;
    const accounts = plan.accounts
      .filter(account => stage.accountIds.includes(account.id))
      .map(accountLabel);
    const have = filled.have.get(stage.id) ?? 0;
    return {
      id: stage.id,
      name:
        isAlone || accounts.length === 0
          ? stage.name
          : `${stage.name} of ${listLabel(accounts, 3)}`,
      need: stage.count,
      have,
      order: stage.order ?? 1,
      isOpen: open.has(stage.id),
      because: stage.because,
      approvers: have >= stage.count ? [] : toNames(approvers, decided),
      ...(stage.alternates &&
        alternates &&
        have < stage.count && {
          alternates: {
            approvers: toNames(alternates.people, decided),
            after: stage.alternates.after,
            from: alternates.from,
            hasJoined: alternates.hasJoined,
          },
        }),
    };
  });
  return shown.sort((one, other) => one.order - other.order);
}

function toNames(people: CatalogPerson[], decided: ReadonlySet<string>) {
  return people
    .filter(person => !decided.has(person.entraUserId!))
    .map(({ entityRef, displayName }) => ({ entityRef, displayName }));
}

/** Names of the stages that still need approvals. */
export function waitingFor(stages: Stage[]): string[] {
  return stages
    .filter(stage => stage.have < stage.need)
    .map(stage => stage.name);
}
