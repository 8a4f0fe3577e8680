import { Plan, Stage } from 'backstage-plugin-aws-access-common';
import { accountLabel, listLabel } from '../../wording/labels';
import { ResolvedStage, stagesToFill } from '../../approvals/ApproverResolver';
import { CatalogPerson } from '../../people/PersonDirectory';
import { RequiredStage } from '../../policy/PolicyOutcome';
import { FilledStages, findOpenStages } from '../../approvals/fillStages';

/** The part of a plan that stages are told by. */
export type ToldPlan = Pick<Plan, 'accounts' | 'hidden'>;

/**
 * Stages for people: with whom they wait for, and with their accounts where two
 * would look the same. What is about accounts that the plan hides is told by its
 * kind and a number alone: its approvers own them (security rule 29).
 *
 * @param plan - as it is shown to whom they are told
 * @param decided - Entra object ids of people who cannot decide any more
 */
export function toStages(
  stages: ResolvedStage[],
  filled: FilledStages,
  plan: ToldPlan,
  decided: ReadonlySet<string> = new Set(),
): Stage[] {
  const open = findOpenStages(stagesToFill(stages), filled);
  const shown = stages.map(({ stage, approvers, alternates }) => {
    const alike = stages.filter(other => other.stage.name === stage.name);
    const isHidden = hidesAccountOf(stage, plan);
    const accounts = plan.accounts
      .filter(account => stage.accountIds.includes(account.id))
      .map(accountLabel);
    const have = filled.have.get(stage.id) ?? 0;
    return {
      id: stage.id,
      name: nameOf(
        stage,
        alike.map(other => other.stage),
        accounts,
        isHidden,
      ),
      need: stage.count,
      have,
      order: stage.order ?? 1,
      isOpen: open.has(stage.id),
      because: isHidden ? [] : stage.because,
      approvers:
        isHidden || have >= stage.count ? [] : toNames(approvers, decided),
      ...(isHidden && { isHidden }),
      ...(!isHidden &&
        stage.alternates &&
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

function nameOf(
  stage: RequiredStage,
  alike: RequiredStage[],
  accounts: string[],
  isHidden: boolean,
): string {
  if (alike.length === 1) return stage.name;
  if (isHidden) {
    const place = alike.findIndex(({ id }) => id === stage.id) + 1;
    return `${stage.name} ${place} of ${alike.length}`;
  }
  return accounts.length === 0
    ? stage.name
    : `${stage.name} of ${listLabel(accounts, 3)}`;
}

/** Whether a stage is about an account that the plan does not show. */
export function hidesAccountOf(
  { accountIds }: RequiredStage,
  { accounts, hidden }: ToldPlan,
): boolean {
  return (
    hidden !== undefined &&
    accountIds.some(id => !accounts.some(account => account.id === id))
  );
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
