/**
 * AWS access for teams, in the legacy frontend system.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { AwsAccessClient, awsAccessApiRef } from './api';
import * as fields from './formFields/legacy';
import { rootRouteRef, teamContentRouteRef } from './routes';
import { searchResultListItemExtension } from './search/legacy';

export { awsAccessApiRef } from './api';
export { awsAccessTranslationRef } from './translation';

/** The plugin, for `createApp({ plugins: [...] })` and for its parts below. @public */
export const awsAccessPlugin = createPlugin({
  id: 'aws-access',
  routes: { root: rootRouteRef, team: teamContentRouteRef },
  apis: [
    createApiFactory({
      api: awsAccessApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new AwsAccessClient(deps),
    }),
  ],
});

/** The page, for `<Route path="/aws-access" element={<AwsAccessPage />} />`. @public */
export const AwsAccessPage = awsAccessPlugin.provide(
  createRoutableExtension({
    name: 'AwsAccessPage',
    mountPoint: rootRouteRef,
    component: () =>
      import('./components/pages/AwsAccessRouter').then(m => m.AwsAccessRouter),
  }),
);

/** The tab of a team, for `<EntityLayout.Route path="/aws-access">`. @public */
export const EntityAwsAccessContent = awsAccessPlugin.provide(
  createRoutableExtension({
    name: 'EntityAwsAccessContent',
    mountPoint: teamContentRouteRef,
    component: () =>
      import('./components/pages/TeamAccessContent').then(
        m => m.TeamAccessContent,
      ),
  }),
);

/** The card of a team, for the overview of a Group. @public */
export const EntityAwsAccessCard = awsAccessPlugin.provide(
  createComponentExtension({
    name: 'EntityAwsAccessCard',
    component: {
      lazy: () =>
        import('./components/pages/TeamAccessCard').then(m => m.TeamAccessCard),
    },
  }),
);

/** `ui:field: AwsAccessTeamPicker`, inside `<ScaffolderFieldExtensions>`. @public */
export const AwsAccessTeamPicker = awsAccessPlugin.provide(
  fields.teamFieldExtension,
);

/** `ui:field: AwsAccessPeoplePicker`. @public */
export const AwsAccessPeoplePicker = awsAccessPlugin.provide(
  fields.peopleFieldExtension,
);

/** `ui:field: AwsAccessAccountPicker`. @public */
export const AwsAccessAccountPicker = awsAccessPlugin.provide(
  fields.accountFieldExtension,
);

/** `ui:field: AwsAccessPermissionSetPicker`. @public */
export const AwsAccessPermissionSetPicker = awsAccessPlugin.provide(
  fields.permissionSetFieldExtension,
);

/** `ui:field: AwsAccessGroupPicker`. @public */
export const AwsAccessGroupPicker = awsAccessPlugin.provide(
  fields.accessGroupFieldExtension,
);

/** `ui:field: AwsAccessPolicyEditor`. @public */
export const AwsAccessPolicyEditor = awsAccessPlugin.provide(
  fields.policyFieldExtension,
);

/** `ui:field: AwsAccessDurationPicker`. @public */
export const AwsAccessDurationPicker = awsAccessPlugin.provide(
  fields.durationFieldExtension,
);

/** `ui:field: AwsAccessPreview`. @public */
export const AwsAccessPreview = awsAccessPlugin.provide(
  fields.previewFieldExtension,
);

/** Accounts, permission sets and requests, inside `<SearchResult>`. @public */
export const AwsAccessSearchResultListItem = awsAccessPlugin.provide(
  searchResultListItemExtension,
);
