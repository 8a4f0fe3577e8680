import { RESTRICTED_PAGES } from 'backstage-plugin-aws-access-common';
import { useLocation } from 'react-router-dom';
import { useOrganizations } from './useOrganizations';

/**
 * Which tabs a reader is offered: the server says which of the restricted pages
 * are theirs. A link to another one still works, and says who can help.
 */
export function useIsTabShown(): (path: string) => boolean {
  const { pathname } = useLocation();
  const pages = useOrganizations().data?.pages;
  return path => {
    const restricted = RESTRICTED_PAGES.find(page => page === path);
    if (!restricted || pages?.includes(restricted)) return true;
    // Whoever is there must see where they are.
    return pathname.split('/').includes(path);
  };
}
