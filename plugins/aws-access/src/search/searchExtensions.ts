import {
  SearchFilterResultTypeBlueprint,
  SearchResultListItemBlueprint,
} from '@backstage/plugin-search-react/alpha';
import { resultTypes } from './resultTypes';

const types = [
  { name: 'account', type: resultTypes.account },
  { name: 'permission-set', type: resultTypes.permissionSet },
  { name: 'request', type: resultTypes.request },
] as const;

/** What the search page shows of the plugin's, where there is a search page. */
export const searchResults = types.map(
  ({ name, type: { value, icon, component } }) =>
    SearchResultListItemBlueprint.make({
      name,
      params: { icon, component, predicate: result => result.type === value },
    }),
);

/** The types to look on for them alone. */
export const searchResultTypes = types.map(
  ({ name, type: { value, name: title, icon } }) =>
    SearchFilterResultTypeBlueprint.make({
      name,
      params: { value, name: title, icon },
    }),
);
