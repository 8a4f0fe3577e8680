import { OrganizationConfig } from '../config/AwsAccessConfig';
import { Stores } from '../database/Stores';
import { FactsSource } from '../facts/FactsSource';
import { foldName } from './foldName';
import { accessGroupDocumentSchema } from './planDocuments';
import { PlannedPermissionSet, PlanFacts } from './PlanFacts';
import { fillGroupNaming, firstFreeName } from './proposeGroupName';
import { isProtectedGroupName } from './protectedReason';
import { PlanInput } from './RequestPlanner';

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
  for (const change of input.changes) {
    if (change.kind !== 'accessGroup') continue;
    const given = change.name ?? before.get(change.key);
    const isGivenTaken = given !== undefined && (await isTaken(given));
    if (change.name !== undefined || (given !== undefined && !isGivenTaken)) {
      names.set(change.key, { displayName: given!, isTaken: isGivenTaken });
    } else {
      const proposal = fillGroupNaming(config.groupNaming, {
        teamRef: input.teamRef,
        permissionSetNames: namesOfSets(input, change.key, permissionSets),
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
  input: PlanInput,
  key: string,
  permissionSets: Map<string, PlannedPermissionSet>,
): string[] {
  const names = input.changes.flatMap(change =>
    change.kind === 'assignment' && change.accessGroup.change === key
      ? permissionSets.get(change.permissionSet.arn)?.set.name ?? []
      : [],
  );
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
      .filter(object => object.kind === 'accessGroup')
      .map(object => [
        object.key,
        accessGroupDocumentSchema.parse(object.after).displayName,
      ]),
  );
}
