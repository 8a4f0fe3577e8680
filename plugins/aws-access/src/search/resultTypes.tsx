import {
  RiBankLine,
  RiFileList3Line,
  RiShieldKeyholeLine,
} from '@remixicon/react';
import { AWS_ACCESS_SEARCH_TYPES } from 'backstage-plugin-aws-access-common';

/** What search finds of the plugin's, as the search page lists it. */
export const resultTypes = {
  account: {
    value: AWS_ACCESS_SEARCH_TYPES.account,
    name: 'AWS accounts',
    icon: <RiBankLine />,
    component: async () => (await import('./AccountResult')).AccountResult,
  },
  permissionSet: {
    value: AWS_ACCESS_SEARCH_TYPES.permissionSet,
    name: 'AWS permission sets',
    icon: <RiShieldKeyholeLine />,
    component: async () =>
      (await import('./PermissionSetResult')).PermissionSetResult,
  },
  request: {
    value: AWS_ACCESS_SEARCH_TYPES.request,
    name: 'AWS access requests',
    icon: <RiFileList3Line />,
    component: async () => (await import('./RequestResult')).RequestResult,
  },
} as const;
