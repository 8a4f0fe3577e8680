import { isCovered } from './actionsOf';
import { Extent, Grant, isFinalDenial } from './Grant';
import { Grants } from './grantsOf';
import { IamAction, iamService } from './iamActions';

/** On what one action may be used, and what stands in the way. */
export interface ActionReach {
  extent: Extent;
  /** Every statement that allows it so far has conditions. */
  isConditional: boolean;
  /** Something denies it on some resources or under conditions. */
  isPartlyDenied: boolean;
  isApproximate: boolean;
}

/** The grants that have a say about one action. */
interface Say {
  allows: Grant[];
  denies: Grant[];
  boundary: Grant[] | null;
}

const NOTHING: ActionReach = {
  extent: 'none',
  isConditional: false,
  isPartlyDenied: false,
  isApproximate: false,
};

/**
 * On what the action may be used. An action that the data set does not have is
 * compared with the patterns all the same.
 *
 * @param action - service and name, in any case: `iam:PassRole`
 */
export function reachOf(grants: Grants, action: string): ActionReach {
  const [service, key] = action.toLowerCase().split(':');
  const known = iamService(service)?.get(key);
  return weigh(sayOf(grants, service, key, known), service);
}

/** As `reachOf`, for an action of a service that was looked up before. */
export function sayOf(
  grants: Pick<Grants, 'allows' | 'denies' | 'boundary'>,
  service: string,
  key: string,
  action: IamAction | undefined,
): Say {
  const about = (list: Grant[]) =>
    list.filter(grant => isCovered(grant.coverageOf(service), key, action));
  return {
    allows: about(grants.allows),
    denies: about(grants.denies),
    boundary: grants.boundary && about(grants.boundary),
  };
}

/** Allow by any, unless denied for good; the boundary takes away. */
export function weigh(
  { allows, denies, boundary }: Say,
  service: string,
): ActionReach {
  if (
    allows.length === 0 ||
    boundary?.length === 0 ||
    denies.some(isFinalDenial)
  ) {
    return NOTHING;
  }
  const everywhere = allows.filter(
    grant => grant.extentIn(service) === 'everywhere',
  );
  const widest = everywhere.length > 0 ? everywhere : allows;
  return {
    extent: everywhere.length > 0 ? 'everywhere' : 'some',
    isConditional: widest.every(grant => grant.isConditional),
    isPartlyDenied: denies.length > 0,
    isApproximate: widest.every(grant => grant.isApproximate),
  };
}
