import { durationSchema } from 'backstage-plugin-aws-access-common';
import { AwsAccessPolicyAdditions } from 'backstage-plugin-aws-access-node';
import { z } from 'zod';
import { stageSchema } from '../config/stageSchema';
import { addStage, sortedUnion, sortStages } from './addStage';
import { PolicyAtom } from './PolicyAtom';
import { PolicyOutcome } from './PolicyOutcome';
import { shortestDuration } from './shortestDuration';

const additionsSchema = z.strictObject({
  stages: z.array(stageSchema).default([]),
  denials: z.array(z.string().min(1)).default([]),
  maxDuration: durationSchema.optional(),
});

/**
 * Adds what an own policy asks for; whatever it says, nothing is taken away.
 * Pure.
 *
 * @throws ZodError when the additions are not what the extension point asks for
 */
export function tightenOutcome(
  outcome: PolicyOutcome,
  atoms: PolicyAtom[],
  name: string,
  additions: AwsAccessPolicyAdditions,
): PolicyOutcome {
  const {
    stages: added,
    denials,
    maxDuration: longest,
  } = additionsSchema.parse(additions);
  // Taking away has no span.
  const hasSpan = atoms.some(({ effect }) => (effect ?? 'gain') === 'gain');
  const maxDuration = hasSpan ? longest : undefined;
  const stages = new Map(outcome.stages.map(stage => [stage.id, stage]));
  for (const stage of added) {
    for (const atom of atoms) addStage(stages, stage, atom, name);
  }
  const shortest = shortestDuration(
    [outcome.maxDuration, maxDuration].flatMap(duration => duration ?? []),
  );
  const before = outcome.maxTotal ?? outcome.maxDuration;
  const total = shortestDuration(
    [before, maxDuration].flatMap(duration => duration ?? []),
  );
  return {
    ...outcome,
    maxTotal: total,
    maxTotalBecause: sortedUnion([
      ...(total === before ? outcome.maxTotalBecause ?? [] : []),
      ...(maxDuration && total === maxDuration ? [name] : []),
    ]),
    stages: sortStages(stages.values()),
    denials: sortedUnion([...outcome.denials, ...denials]),
    maxDuration: shortest,
    maxDurationBecause: sortedUnion([
      ...(shortest === outcome.maxDuration ? outcome.maxDurationBecause : []),
      ...(maxDuration && shortest === maxDuration ? [name] : []),
    ]),
    autoApproved:
      outcome.autoApproved && added.length === 0 && denials.length === 0,
  };
}
