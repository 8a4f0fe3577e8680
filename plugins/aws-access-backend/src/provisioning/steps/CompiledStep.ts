import { PlanObject, PlanStepKind } from 'backstage-plugin-aws-access-common';
import { StepInputs } from './stepInputs';

/** A step before it is stored; its place in the list is its position. */
export type CompiledStep = {
  [Kind in PlanStepKind]: {
    kind: Kind;
    title: string;
    input: StepInputs[Kind];
  };
}[PlanStepKind];

/** What the plan relies on or adopts must be there; what it creates need not. */
export function presenceOf({ action }: Pick<PlanObject, 'action'>) {
  return {
    isThere: action !== 'create',
    ...(action === 'adopt' && { adopts: true }),
  };
}
