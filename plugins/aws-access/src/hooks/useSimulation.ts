import { useApi } from '@backstage/frontend-plugin-api';
import { useMutation } from '@tanstack/react-query';
import { buildAccessChanges } from 'backstage-plugin-aws-access-common';
import { awsAccessApiRef } from '../api';

/** A request that somebody might file for themselves. */
export interface Simulation {
  /** Ref of the User. */
  requester: string;
  /** Ref of the Group. */
  team: string;
  accountIds: string[];
  permissionSetArn: string;
  /** ISO-8601; null = standing. */
  duration: string | null;
  justification: string;
  ticket: string;
  filedByActor: boolean;
}

/** Asks what would come of a request; stores nothing. */
export function useSimulation() {
  const api = useApi(awsAccessApiRef);
  return useMutation({
    mutationFn: (simulation: Simulation) => {
      const requester = simulation.requester.trim();
      const team = simulation.team.trim();
      const ticket = simulation.ticket.trim();
      return api.simulateRequest({
        requester,
        team,
        filedByActor: simulation.filedByActor,
        justification: simulation.justification.trim() || '-',
        ...(ticket && { ticket }),
        duration: simulation.duration,
        changes: buildAccessChanges({
          team,
          requester,
          for: 'me',
          permissionSet: simulation.permissionSetArn,
          accountIds: simulation.accountIds,
        }),
      });
    },
  });
}
