import { parseEntityRef } from '@backstage/catalog-model';
import { Evidence } from 'backstage-plugin-aws-access-common';
import { StoreGroup } from '../clouds/AwsCloud';
import { LeaseRow } from '../leases/LeaseStore';
import { Team } from '../people/PersonDirectory';
import { foldName } from '../planning/names/foldName';
import { toPascalCase } from '../planning/names/toPascalCase';

/**
 * Finds the access groups of a team. Leases prove it. The annotation on the
 * team and the naming template only say where to look: they are for display,
 * and nothing is decided by them (security rule 18).
 *
 * @param template - knows {team} and {permissionSet}
 * @returns what proves it, by the id of the identity store group
 */
export function matchTeamGroups(options: {
  team: Pick<Team, 'entityRef' | 'displayName' | 'accessGroupNames'>;
  leases: LeaseRow[];
  /** Entra object ids of groups that were adopted, not made. */
  adopted: ReadonlySet<string>;
  storeGroups: StoreGroup[];
  permissionSetNames: string[];
  template: string;
}): Map<string, Evidence> {
  const { team } = options;
  const leased = new Set<string | null>();
  const leasedByOthers = new Set<string | null>();
  for (const { teamRef, object } of options.leases) {
    const groups = teamRef === team.entityRef ? leased : leasedByOthers;
    if ('entraGroupId' in object) groups.add(object.entraGroupId);
  }
  const annotated = new Set(team.accessGroupNames.map(foldName));
  const isNamedForTeam = namePredicate(
    options.template,
    teamNames(team),
    options.permissionSetNames,
  );
  const found = new Map<string, Evidence>();
  for (const { groupId, displayName, externalId } of options.storeGroups) {
    if (externalId && leased.has(externalId)) {
      found.set(groupId, options.adopted.has(externalId) ? 'adopted' : 'lease');
    } else if (externalId && leasedByOthers.has(externalId)) {
      // Proof beats names: whoever writes an annotation, or asks for a group by
      // a name like this team's, must not read or place access with it.
    } else if (annotated.has(foldName(displayName))) {
      found.set(groupId, 'annotation');
    } else if (isNamedForTeam(displayName)) {
      found.set(groupId, 'namingTemplate');
    }
  }
  return found;
}

/** `web-shop` is also written `WebShop` in names of groups. */
function teamNames(team: Pick<Team, 'entityRef' | 'displayName'>): string[] {
  const { name } = parseEntityRef(team.entityRef);
  return [name, toPascalCase(name), toPascalCase(team.displayName)].filter(
    candidate => candidate !== '',
  );
}

/**
 * The part that stands for the permission set must be the name of one, or the
 * team `data` would be shown the groups of the team `data-science`.
 */
function namePredicate(
  template: string,
  teams: string[],
  permissionSetNames: string[],
): (groupName: string) => boolean {
  const fillings = template.includes('{permissionSet}')
    ? [...permissionSetNames, 'Access']
    : [''];
  const names = new Set(
    teams.flatMap(team =>
      fillings.map(permissionSet =>
        foldName(
          template
            .replaceAll('{team}', team)
            .replaceAll('{permissionSet}', permissionSet),
        ),
      ),
    ),
  );
  // A number at the end keeps a name free of another that was taken.
  return groupName => {
    const folded = foldName(groupName);
    return names.has(folded) || names.has(folded.replace(/-\d{1,3}$/, ''));
  };
}
