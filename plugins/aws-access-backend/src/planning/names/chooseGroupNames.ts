import { Change } from 'backstage-plugin-aws-access-common';
import { OrganizationConfig } from '../../config/AwsAccessConfig';
import { Stores } from '../../database/Stores';
import { FactsSource } from '../../facts/FactsSource';
import { expandElevations } from '../objects/expandElevations';
import { foldName } from './foldName';
import { accessGroupDocumentSchema } from '../objects/planDocuments';
import { groupKeyOf } from '../PlanContext';
import { PlannedPermissionSet, PlanFacts } from '../facts/PlanFacts';
import { fillGroupNaming, firstFreeName } from './proposeGroupName';
import { isProtectedGroupName } from '../problems/protectedReason';
import { PlanInput } from '../RequestPlanner';

/**
 * Names for the access groups of a request: the given one, or the first free one
 * of the naming template. A request that is planned again keeps its names while
 * they are free, or its approval would cover nothing.
 */
export async function chooseGroupNames(
  input: PlanInput,
  permissionSets: Map<string, PlannedPermissionSet>,
  source: FactsSource,
  services: { config: OrganizationConfig; stores: Stores },
): Promise<PlanFacts['groupNames']> {
  const { config, stores } = services;
  const inThisRequest = new Set<string>();
  const isTaken = async (name: string) =>
    inThisRequest.has(foldName(name)) ||
    isProtectedGroupName(name, config) ||
    (await stores.provisioning.footprints.isNameReserved(
      input.organizationId,
      foldName(name),
      input.requestId,
    )) ||
    (await source.isGroupNameTaken(name));

  const before = await readPlannedNames(input.requestId, stores);
  const names: PlanFacts['groupNames'] = new Map();
  const changes = expandElevations(input.changes, config);
  for (const change of changes) {
    if (change.kind !== 'accessGroup') continue;
    const given = change.name ?? before.get(change.key);
    const isGivenTaken = given !== undefined && (await isTaken(given));
    if (change.name !== undefined || (given !== undefined && !isGivenTaken)) {
      names.set(change.key, { displayName: given!, isTaken: isGivenTaken });
    } else {
      const proposal = fillGroupNaming(config.groupNaming, {
        teamRef: input.teamRef,
        permissionSetNames: namesOfSets(changes, change.key, permissionSets),
      });
      names.set(change.key, {
        displayName: await firstFreeName(proposal, isTaken),
        isTaken: false,
      });
    }
    inThisRequest.add(foldName(names.get(change.key)!.displayName));
  }
  return names;
}

function namesOfSets(
  changes: Change[],
  key: string,
  permissionSets: Map<string, PlannedPermissionSet>,
): string[] {
  const names = changes.flatMap(change => {
    const isUsed =
      change.kind === 'assignment' && groupKeyOf(change.accessGroup) === key;
    if (!isUsed) return [];
    const { permissionSet } = change;
    if ('arn' in permissionSet) {
      return permissionSets.get(permissionSet.arn)?.set.name ?? [];
    }
    return changes.flatMap(made =>
      made.kind === 'permissionSet' && made.key === permissionSet.change
        ? made.document.name
        : [],
    );
  });
  return [...new Set(names)];
}

async function readPlannedNames(
  requestId: string | undefined,
  stores: Stores,
): Promise<Map<string, string>> {
  const request = requestId && (await stores.requests.get(requestId));
  if (!request) return new Map();
  const { plan } = await stores.requests.getPlan(
    request.id,
    request.planVersion,
  );
  return new Map(
    plan.objects
      .filter(
        ({ kind, action }) => kind === 'accessGroup' && action === 'create',
      )
      .map(object => [
        object.key,
        accessGroupDocumentSchema.parse(object.after).displayName,
      ]),
  );
}
