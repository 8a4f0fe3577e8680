import { Narrowing, Plan } from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';

/** What an approver lets stay of a plan. */
export interface NarrowChoice {
  accountIds: string[];
  /** Entity refs. */
  people: string[];
  /** ISO-8601; null = standing; undefined = not chosen, or out of bounds. */
  duration: string | null | undefined;
}

/** Everything stays. */
export function wholePlan(plan: Plan): NarrowChoice {
  return {
    accountIds: plan.accounts.map(account => account.id),
    people: plan.people.flatMap(person => person.entityRef ?? []),
    duration: plan.duration,
  };
}

/** Why a choice cannot be approved as less, or the narrowing that it is. */
export function readNarrowChoice(
  plan: Plan,
  choice: NarrowChoice,
):
  | { narrowing: Narrowing }
  | { problem: 'narrowNothing' | 'narrowEmpty' | 'narrowLonger' } {
  const whole = wholePlan(plan);
  if (choice.accountIds.length === 0 || choice.people.length === 0) {
    return { problem: 'narrowEmpty' };
  }
  if (
    choice.duration === undefined ||
    secondsOf(choice.duration) > secondsOf(plan.duration)
  ) {
    return { problem: 'narrowLonger' };
  }
  const narrowing: Narrowing = {
    ...(choice.accountIds.length < whole.accountIds.length && {
      accountIds: choice.accountIds,
    }),
    ...(choice.people.length < whole.people.length && {
      people: choice.people,
    }),
    ...(choice.duration !== null &&
      secondsOf(choice.duration) < secondsOf(plan.duration) && {
        duration: choice.duration,
      }),
  };
  return Object.keys(narrowing).length === 0
    ? { problem: 'narrowNothing' }
    : { narrowing };
}

/** Lengths that are one press away and not longer than what was asked for. */
export function shorterDurations(
  plan: Plan,
  presets: readonly string[],
): string[] {
  return presets.filter(
    preset => secondsOf(preset) <= secondsOf(plan.duration),
  );
}

function secondsOf(duration: string | null): number {
  return duration === null
    ? Infinity
    : Duration.fromISO(duration).as('seconds');
}
