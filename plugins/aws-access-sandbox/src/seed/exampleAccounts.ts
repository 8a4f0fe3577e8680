import { exampleUnitId } from './exampleIds';

/**
 * An organizational unit of the example organization.
 *
 * @public
 */
export type ExampleUnit = {
  id: string;
  name: string;
  /** Absent below the root. */
  parent?: string;
};

/**
 * An AWS account of the example organization.
 *
 * @public
 */
export type ExampleAccount = {
  id: string;
  name: string;
  email: string;
  /** Name of the organizational unit; absent for the management account, which is in the root. */
  unit?: string;
  tags: {
    environment: 'prod' | 'staging' | 'dev' | 'sandbox';
    /** A catalog entity ref. */
    owner: string;
  };
  joinedAt: string;
};

const unit = (name: string, parent?: string): ExampleUnit => ({
  id: exampleUnitId(name),
  name,
  ...(parent ? { parent } : {}),
});

/** Parents come before their children. @public */
export const exampleUnits: ExampleUnit[] = [
  unit('Workloads'),
  unit('Production', 'Workloads'),
  unit('NonProduction', 'Workloads'),
  unit('Staging', 'NonProduction'),
  unit('Development', 'NonProduction'),
  unit('Security'),
  unit('Infrastructure'),
  unit('Sandbox'),
];

type Environment = ExampleAccount['tags']['environment'];

const account = (
  id: string,
  name: string,
  unitName: string | undefined,
  environment: Environment,
  owner: string,
  joinedAt: string,
): ExampleAccount => ({
  id,
  name,
  email: `aws+${name}@parcel.example`,
  ...(unitName ? { unit: unitName } : {}),
  tags: { environment, owner },
  joinedAt: `${joinedAt}T09:00:00.000Z`,
});

const platform = 'group:default/cloud-platform';
const security = 'group:default/security';
const petra = 'user:default/petra';
const otto = 'user:default/otto';
const walter = 'user:default/walter';
const theo = 'user:default/theo';

/** @public */
export const exampleAccounts: ExampleAccount[] = [
  account(
    '100000000001',
    'parcel-management',
    undefined,
    'prod',
    platform,
    '2019-03-04',
  ),
  account(
    '100000000002',
    'log-archive',
    'Security',
    'prod',
    security,
    '2019-03-11',
  ),
  account(
    '100000000003',
    'security-tooling',
    'Security',
    'prod',
    security,
    '2019-03-11',
  ),
  account(
    '100000000004',
    'network',
    'Infrastructure',
    'prod',
    platform,
    '2019-03-18',
  ),
  account(
    '111122223333',
    'payments-prod',
    'Production',
    'prod',
    petra,
    '2020-01-13',
  ),
  account(
    '111122224444',
    'payments-staging',
    'Staging',
    'staging',
    petra,
    '2020-01-13',
  ),
  account(
    '111122225555',
    'payments-dev',
    'Development',
    'dev',
    petra,
    '2020-01-13',
  ),
  account(
    '555566667777',
    'data-prod',
    'Production',
    'prod',
    otto,
    '2020-06-08',
  ),
  account(
    '555566668888',
    'data-staging',
    'Staging',
    'staging',
    otto,
    '2020-06-08',
  ),
  account('555566669999', 'data-dev', 'Development', 'dev', otto, '2020-06-08'),
  account(
    '777788889999',
    'shop-prod',
    'Production',
    'prod',
    walter,
    '2021-02-01',
  ),
  account(
    '777788881111',
    'shop-dev',
    'Development',
    'dev',
    walter,
    '2021-02-01',
  ),
  account(
    '222233334444',
    'logistics-prod',
    'Production',
    'prod',
    theo,
    '2021-09-20',
  ),
  account(
    '999900001111',
    'sandbox-shared',
    'Sandbox',
    'sandbox',
    platform,
    '2022-04-04',
  ),
];

/** Customer managed policies and the accounts they exist in. @public */
export const exampleAccountPolicies = [
  {
    name: 'ParcelAnalysisWorkspace',
    path: '/parcel/',
    accounts: ['data-prod', 'data-staging', 'data-dev'],
  },
];
