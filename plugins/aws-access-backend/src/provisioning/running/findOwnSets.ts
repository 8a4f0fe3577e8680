import { Stores } from '../../database/Stores';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { AssignmentTarget } from '../steps/stepInputs';
import { provesOurs } from './writeEffect';

/**
 * The permission sets of the assignments that this product made or adopted: they
 * go when nothing needs them any more, and these assignments do.
 */
export async function findOwnSets(
  stores: Stores,
  organizationId: string,
  assignments: Array<
    Pick<AssignmentTarget, 'permissionSetArn' | 'permissionSetName'>
  >,
): Promise<LeaseObject[]> {
  const sets = new Map(
    assignments.map(({ permissionSetArn, permissionSetName }) => {
      const set: LeaseObject = {
        kind: 'permissionSet',
        arn: permissionSetArn,
        stepId: null,
        name: permissionSetName,
      };
      return [leaseObjectKey(set), set];
    }),
  );
  const intents = await stores.provisioning.intents.listOfObjects(
    organizationId,
    [...sets.keys()],
  );
  return [...sets].flatMap(([key, set]) =>
    provesOurs(intents.get(key) ?? []) ? [set] : [],
  );
}
