import { createSearchResultListItemExtension } from '@backstage/plugin-search-react';
import { AWS_ACCESS_SEARCH_TYPES } from 'backstage-plugin-aws-access-common';

const types: readonly string[] = Object.values(AWS_ACCESS_SEARCH_TYPES);

/** Shows accounts, permission sets and requests among the results of search. */
export const searchResultListItemExtension =
  createSearchResultListItemExtension({
    name: 'AwsAccessSearchResultListItem',
    component: () =>
      import('./SearchResultItem').then(module => module.SearchResultItem),
    predicate: ({ type }) => types.includes(type),
  });
