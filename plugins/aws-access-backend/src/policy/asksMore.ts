import { Duration } from 'luxon';
import { PolicyOutcome } from './PolicyOutcome';

/**
 * What the rules ask now that they did not ask when people decided. The stages
 * of the decided plan are a minimum; a stage that is new, or needs more people,
 * sends the request back to its approvers. Pure.
 *
 * @returns plain sentences; empty when the decisions still suffice
 */
export function asksMore(
  decided: PolicyOutcome,
  current: PolicyOutcome,
): string[] {
  const because = current.denials.map(
    denial => `The policy denies it: ${denial}`,
  );
  for (const stage of current.stages) {
    const before = decided.stages.find(({ id }) => id === stage.id);
    if (!before || before.count < stage.count) {
      because.push(
        `The policy asks for ${stage.count} approval(s) of "${
          stage.name
        }" now (${stage.because.join(', ')}).`,
      );
    } else if (
      stage.accountIds.some(account => !before.accountIds.includes(account))
    ) {
      because.push(`The stage "${stage.name}" is about further accounts now.`);
    }
  }
  if (current.maxDuration && isShorter(current, decided)) {
    because.push(
      `The policy allows at most ${
        current.maxDuration
      } now (${current.maxDurationBecause.join(', ')}).`,
    );
  }
  return because;
}

function isShorter(current: PolicyOutcome, decided: PolicyOutcome): boolean {
  if (!decided.maxDuration) return true;
  return (
    Duration.fromISO(current.maxDuration!).as('seconds') <
    Duration.fromISO(decided.maxDuration).as('seconds')
  );
}
