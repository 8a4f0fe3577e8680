import { Problem } from 'backstage-plugin-aws-access-common';
import { RequiredStage } from '../policy/PolicyOutcome';
import { ResolvedStage, stagesToFill } from './ApproverResolver';
import { fillStages } from './fillStages';

/**
 * Stages that nobody, or too few people, can satisfy. They are said when the
 * request is filed, rather than letting it wait for ever. Pure.
 *
 * @param keepsBack - whether why nobody may would tell what is not to be told of
 */
export function findApproverProblems(
  stages: ResolvedStage[],
  keepsBack: (stage: RequiredStage) => boolean = () => false,
): Problem[] {
  const toFill = stagesToFill(stages);
  const everybody = [
    ...new Set(toFill.flatMap(stage => [...stage.eligible])),
  ].sort();
  const best = fillStages(toFill, everybody);
  if (best.isComplete) return [];
  return stages
    .filter(({ stage }) => best.have.get(stage.id)! < stage.count)
    .map(({ stage, emptyBecause }) => ({
      path: 'changes',
      message: emptyBecause
        ? `Nobody could approve "${stage.name}": ${
            keepsBack(stage)
              ? 'it is about accounts that you may not read about'
              : emptyBecause
          }.`
        : `Too few people could approve "${stage.name}" (${stage.count} needed), because everybody counts once, in one stage.`,
      fix: 'Ask the portal administrator to name an owner or approver who does not benefit, or ask for less.',
    }));
}
