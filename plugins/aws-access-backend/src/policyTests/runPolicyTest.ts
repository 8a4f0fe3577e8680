import { PreviewResponse } from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import { isDeepStrictEqual } from 'node:util';
import { PolicyConfig } from '../config/policySchema';
import { findLimitProblems } from '../planning/problems/findLimitProblems';
import { evaluatePolicy } from '../policy/evaluatePolicy';
import { PolicyOutcome } from '../policy/PolicyOutcome';
import { findTextProblems } from '../requests/filing/findTextProblems';
import { PolicyFacts, PolicyTest } from './policyTestSchema';
import { testAtoms } from './testAtoms';

/**
 * Asks the rules as a request would be, and compares. Pure: no cloud, no
 * catalog.
 *
 * @returns what is not as expected, a line each; empty = it holds
 * @throws InputError when the facts do not have what the test names
 */
export function runPolicyTest(
  { given, then }: PolicyTest,
  policy: PolicyConfig,
  facts: PolicyFacts,
): string[] {
  const outcome = evaluatePolicy(policy, testAtoms(given, facts), {
    mayAutoApprove: true,
  });
  const problems = [
    ...findLimitProblems(
      {
        organizationId: 'test',
        duration: given.duration ?? null,
        secondsBefore: given.prolongs
          ? Duration.fromISO(given.prolongs).as('seconds')
          : 0,
      },
      { writes: 'on' },
      outcome,
    ),
    ...(outcome.denials.length === 0
      ? findTextProblems(given, outcome.demands ?? [])
      : []),
  ];
  const wrong: string[] = [];
  const compare = (what: string, wanted: unknown, got: unknown) => {
    if (wanted !== undefined && !isDeepStrictEqual(wanted, got)) {
      wrong.push(
        `${what}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(
          got,
        )}`,
      );
    }
  };
  const got = outcomeOf(outcome, problems.length > 0);
  if (then.outcome && then.outcome !== got) {
    const why = problems.map(problem => ` ${problem.message}`).join('');
    wrong.push(`outcome: expected ${then.outcome}, got ${got}.${why}`);
  }
  compare('denials', then.denials && [...then.denials].sort(), outcome.denials);
  compare('maxDuration', then.maxDuration, outcome.maxDuration);
  compare('maxTotal', then.maxTotal, outcome.maxTotal);
  wrong.push(...compareStages(then.stages, outcome.stages));
  return wrong;
}

function outcomeOf(
  outcome: PolicyOutcome,
  hasProblems: boolean,
): PreviewResponse['outcome'] {
  if (hasProblems) return 'cannotFile';
  if (outcome.denials.length > 0) return 'denied';
  return outcome.autoApproved ? 'autoApproved' : 'needsApproval';
}

function compareStages(
  wanted: PolicyTest['then']['stages'],
  stages: PolicyOutcome['stages'],
): string[] {
  if (!wanted) return [];
  const left = [...stages];
  const wrong: string[] = [];
  for (const expected of wanted) {
    const index = left.findIndex(stage =>
      Object.entries(expected).every(([key, value]) =>
        isDeepStrictEqual(
          sorted(stage[key as keyof typeof expected & keyof typeof stage]),
          sorted(value),
        ),
      ),
    );
    if (index < 0) {
      wrong.push(`stages: nothing asks for ${JSON.stringify(expected)}`);
    } else {
      left.splice(index, 1);
    }
  }
  for (const { name, because } of left) {
    wrong.push(`stages: "${name}" is asked as well (${because.join(', ')})`);
  }
  return wrong;
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? [...value].sort() : value;
}
