import { useEffect } from 'react';

/**
 * Chooses the team of somebody who is in just one: where there is no choice,
 * nobody is asked to make it.
 */
export function useOnlyTeam(
  teams: ReadonlyArray<{ entityRef: string }> | undefined,
  chosen: string | undefined,
  choose: (entityRef: string) => void,
) {
  const onlyTeam = teams?.length === 1 ? teams[0].entityRef : undefined;
  useEffect(() => {
    if (!chosen && onlyTeam) choose(onlyTeam);
  }, [chosen, choose, onlyTeam]);
}
