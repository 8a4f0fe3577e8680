import {
  coreExtensionData,
  ExtensionBoundary,
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
  factory: (_originalFactory, { inputs, config, node }) => {
    const pages = inputs.pages.map(input => ({
      path: input.get(coreExtensionData.routePath),
      title: input.get(coreExtensionData.title),
      element: input.get(coreExtensionData.reactElement),
    }));
    const title = config.title ?? 'AWS access';
    return [
      coreExtensionData.routePath(config.path ?? '/aws-access'),
      // One element for good: a new one would forget what is typed in a form.
      coreExtensionData.reactElement(
        ExtensionBoundary.lazy(node, async () => {
          const { TabbedPage } = await import('../components/pages/TabbedPage');
          return <TabbedPage title={title} pages={pages} />;
        }),
      ),
      coreExtensionData.routeRef(rootRouteRef),
      coreExtensionData.title(title),
      coreExtensionData.icon(<RiKey2Line />),
    ];
  },
});
