import {
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';

const homePage = PageBlueprint.make({
  params: {
    path: '/',
    routeRef: createRouteRef(),
    loader: async () => {
      const { HomeRedirect } = await import('./HomeRedirect');
      return <HomeRedirect />;
    },
  },
});

/** The portal's front door: it has no page of its own. */
export const homePlugin = createFrontendPlugin({
  pluginId: 'home',
  extensions: [homePage],
});
