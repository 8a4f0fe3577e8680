import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { EntityOption } from '../model/EntityOption';
import { useIdentity } from './useIdentity';

/** More than these, and searching is faster than reading. */
const SEARCH_RESULTS = 100;

const NO_TITLES: ReadonlyMap<string, string> = new Map();

const FIELDS = ['kind', 'metadata', 'spec.profile'];

/**
 * The teams a person can ask for: those they are in, and the one that a link
 * names. Whether it may be asked for is the backend's answer, in the preview.
 */
export function useTeams(linkedTeam?: string) {
  const catalog = useApi(catalogApiRef);
  const identity = useIdentity();
  const refs = new Set(
    (identity.data?.ownershipEntityRefs ?? []).filter(
      ref => parseEntityRef(ref).kind.toLocaleLowerCase('en-US') === 'group',
    ),
  );
  if (linkedTeam) refs.add(linkedTeam);
  const entityRefs = [...refs].sort();
  return useQuery({
    queryKey: ['teams', entityRefs],
    enabled: identity.isSuccess,
    staleTime: 60_000,
    queryFn: async () => {
      if (entityRefs.length === 0) return [];
      const { items } = await catalog.getEntitiesByRefs({
        entityRefs,
        fields: FIELDS,
      });
      return items.flatMap(entity => (entity ? [toOption(entity)] : []));
    },
  });
}

/** The people whom the catalog has in a team. */
export function useTeamMembers(team: string | undefined) {
  const catalog = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['team-members', team],
    enabled: team !== undefined,
    staleTime: 60_000,
    queryFn: async () => {
      const { items } = await catalog.getEntities({
        filter: { kind: 'User', 'relations.memberOf': team! },
        fields: FIELDS,
      });
      return items.map(toOption).sort((a, b) => a.title.localeCompare(b.title));
    },
  });
}

/** How people call entities of the catalog, by ref; unknown ones are left out. */
export function useEntityTitles(
  entityRefs: readonly string[],
): ReadonlyMap<string, string> {
  const catalog = useApi(catalogApiRef);
  const sorted = [...entityRefs].sort();
  const titles = useQuery({
    queryKey: ['entity-titles', sorted],
    enabled: sorted.length > 0,
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const { items } = await catalog.getEntitiesByRefs({
        entityRefs: sorted,
        fields: FIELDS,
      });
      return new Map(
        items.flatMap((entity, index) =>
          entity ? [[sorted[index], getEntityTitle(entity)] as const] : [],
        ),
      );
    },
  });
  return titles.data ?? NO_TITLES;
}

/** Every team or person of the catalog that a text is about. */
export function useCatalogSearch(kind: 'Group' | 'User', search: string) {
  const catalog = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['catalog-search', kind, search],
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const { items } = await catalog.queryEntities({
        filter: { kind },
        fields: FIELDS,
        limit: SEARCH_RESULTS,
        ...(search && {
          fullTextFilter: {
            term: search,
            fields: [
              'metadata.name',
              'metadata.title',
              'spec.profile.displayName',
            ],
          },
        }),
      });
      return items.map(toOption).sort((a, b) => a.title.localeCompare(b.title));
    },
  });
}

/** How people call a team or a person of the catalog. */
export function getEntityTitle(entity: Entity): string {
  const profile = entity.spec?.profile as { displayName?: string } | undefined;
  return profile?.displayName ?? entity.metadata.title ?? entity.metadata.name;
}

function toOption(entity: Entity): EntityOption {
  const entityRef = stringifyEntityRef(entity);
  return { entityRef, title: getEntityTitle(entity), description: entityRef };
}
