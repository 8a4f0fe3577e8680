import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiKey2Line } from '@remixicon/react';
import { teamContentRouteRef } from '../routes';

/** The card on the overview of a team. */
export const teamCard = EntityCardBlueprint.make({
  name: 'team',
  params: {
    type: 'info',
    filter: { kind: 'group' },
    loader: () =>
      import('../components/pages/TeamAccessCard').then(m => (
        <m.TeamAccessCard />
      )),
  },
});

/** The tab of a team. */
export const teamContent = EntityContentBlueprint.make({
  name: 'team',
  params: {
    path: '/aws-access',
    title: 'AWS access',
    icon: <RiKey2Line />,
    routeRef: teamContentRouteRef,
    filter: { kind: 'group' },
    loader: () =>
      import('../components/pages/TeamAccessContent').then(m => (
        <m.TeamAccessContent />
      )),
  },
});
