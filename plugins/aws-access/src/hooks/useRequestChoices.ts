import { useMemo, useState } from 'react';
import { useTeamAccess } from './useAccess';
import {
  useAccessGroupChoices,
  useOrganizationalUnits,
} from './useAccessGroups';
import { useAccountChoices } from './useAccountChoices';
import { usePermissionSetChoices } from './usePermissionSetChoices';
import { useTeamMembers } from './useTeams';

/** Everything that the fields of a request offer to choose from. */
export function useRequestChoices(
  team: string | undefined,
  /** ARN of a permission set that a link has chosen. */
  permissionSet?: string,
) {
  const [groupSearch, setGroupSearch] = useState('');
  const [permissionSetSearch, setPermissionSetSearch] = useState('');
  const accounts = useAccountChoices();
  const permissionSets = usePermissionSetChoices(
    permissionSetSearch,
    permissionSet,
  );
  const accessGroups = useAccessGroupChoices(team, groupSearch);
  const organizationalUnits = useOrganizationalUnits();
  const members = useTeamMembers(team);
  const access = useTeamAccess(team);
  const entries = useMemo(() => access.data?.items ?? [], [access.data]);
  return {
    accounts,
    permissionSets: {
      ...permissionSets,
      onSearchChange: setPermissionSetSearch,
    },
    members: {
      items: members.data ?? [],
      loading: members.isLoading,
      error: members.error,
    },
    /** What the team has, to give back or to join. */
    entries,
    accessGroups: { ...accessGroups, onSearchChange: setGroupSearch },
    organizationalUnits,
  };
}

/** What the fields of a request offer to choose from. */
export type RequestChoices = ReturnType<typeof useRequestChoices>;
