import { useCallback, useMemo } from 'react';
import { useEntityTitles } from './useTeams';

/** References to people and groups, as rules are configured with them. */
const ENTITY_REF = /\b(?:user|group):[\w.-]+\/[\w-]+(?:\.[\w-]+)*/g;

/**
 * Puts names in the place of references such as `user:default/sia` in texts of
 * the backend; what the catalog does not know stays as it is.
 */
export function useNamedRefs(
  texts: readonly string[],
): (text: string) => string {
  const joined = texts.join('\n');
  const refs = useMemo(
    () => [...new Set(joined.match(ENTITY_REF) ?? [])],
    [joined],
  );
  const titles = useEntityTitles(refs);
  return useCallback(
    (text: string) => text.replace(ENTITY_REF, ref => titles.get(ref) ?? ref),
    [titles],
  );
}
