import {
  coreExtensionData,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiKey2Line } from '@remixicon/react';
import { rootRouteRef } from '../routes';

/**
 * The page `/aws-access`; its tabs are the sub-pages, the first is where it
 * leads. It lays them out itself, because the blueprint would show everybody
 * every tab.
 */
export const page = PageBlueprint.makeWithOverrides({
  factory: (originalFactory, { inputs, config }) => {
    const pages = inputs.pages.map(input => ({
      path: input.get(coreExtensionData.routePath),
      title: input.get(coreExtensionData.title),
      element: input.get(coreExtensionData.reactElement),
    }));
    const title = config.title ?? 'AWS access';
    return originalFactory({
      path: '/aws-access',
      title,
      icon: <RiKey2Line />,
      routeRef: rootRouteRef,
      noHeader: true,
      loader: async () => {
        const { TabbedPage } = await import('../components/pages/TabbedPage');
        return <TabbedPage title={title} pages={pages} />;
      },
    });
  },
});
