import { exampleAccounts } from './exampleAccounts';
import { exampleUuid } from './exampleIds';

/**
 * Somebody's permission set on one account of the example organization.
 *
 * @public
 */
export type ExampleAssignment = {
  /** Account name. */
  account: string;
  /** Permission set name. */
  permissionSet: string;
  principal:
    | { type: 'group'; displayName: string }
    | { type: 'user'; name: string }
    /** A group that was deleted after it had been assigned: only its id is left. */
    | { type: 'deletedGroup'; identityStoreGroupId: string };
};

const toGroup = (
  displayName: string,
  permissionSet: string,
  accounts: string[],
): ExampleAssignment[] =>
  accounts.map(account => ({
    account,
    permissionSet,
    principal: { type: 'group', displayName },
  }));

const productionWorkloads = exampleAccounts
  .filter(({ unit }) => unit === 'Production')
  .map(({ name }) => name);

const allButManagement = exampleAccounts
  .filter(({ name }) => name !== 'parcel-management')
  .map(({ name }) => name);

/** What is left of the group AWS-Data-Contractors, deleted when the contract ended. */
const deletedContractorsGroupId = exampleUuid(
  'identity-store-group',
  'AWS-Data-Contractors',
);

/** @public */
export const exampleAssignments: ExampleAssignment[] = [
  ...toGroup('AWS-Payments-PowerUser', 'PowerUser', [
    'payments-dev',
    'payments-staging',
  ]),
  ...toGroup('AWS-Payments-ReadOnly', 'ReadOnly', ['payments-prod']),
  ...toGroup('AWS-Payments-DatabaseAdmin', 'DatabaseAdmin', [
    'payments-staging',
  ]),
  ...toGroup('AWS-Payments-DeployPipeline', 'DeployPipeline', [
    'payments-staging',
    'payments-prod',
  ]),
  ...toGroup('AWS-Data-PowerUser', 'PowerUser', ['data-dev', 'data-staging']),
  ...toGroup('AWS-Data-ReadOnly', 'ReadOnly', ['data-prod']),
  ...toGroup('AWS-Data-DatabaseAdmin', 'DatabaseAdmin', [
    'data-prod',
    'data-staging',
  ]),
  ...toGroup('AWS-Data-DataScientist', 'DataScientist', [
    'data-dev',
    'data-staging',
  ]),
  ...toGroup('AWS-WebShop-PowerUser', 'PowerUser', ['shop-dev']),
  ...toGroup('AWS-WebShop-ReadOnly', 'ReadOnly', ['shop-prod']),
  ...toGroup('AWS-Logistics-ReadOnly', 'ReadOnly', ['logistics-prod']),
  ...toGroup('AWS-Logistics-SupportUser', 'SupportUser', ['logistics-prod']),
  ...toGroup('AWS-Logistics-PowerUser', 'PowerUser', ['sandbox-shared']),
  ...toGroup('AWS-Mobile-PowerUser', 'PowerUser', ['sandbox-shared']),
  ...toGroup('AWS-Mobile-LogReader', 'LogReader', ['shop-prod']),
  ...toGroup('AWS-Security-SecurityAudit', 'SecurityAudit', allButManagement),
  ...toGroup('AWS-CloudPlatform-AdministratorAccess', 'AdministratorAccess', [
    'parcel-management',
    'network',
    'sandbox-shared',
  ]),
  ...toGroup('AWS-CloudPlatform-NetworkAdmin', 'NetworkAdmin', ['network']),
  ...toGroup('AWS-CloudPlatform-BreakGlass', 'BreakGlass', productionWorkloads),
  ...toGroup('AWS-Finance-Billing', 'Billing', ['parcel-management']),
  // The over-broad one.
  ...toGroup('AWS-Prod-Admins', 'AdministratorAccess', productionWorkloads),
  // The one that nobody owns.
  ...toGroup('AWS-Reporting-ReadOnly', 'ReadOnly', ['data-dev', 'shop-prod']),
  // Made by hand for one person on a busy evening, past every group.
  {
    account: 'shop-prod',
    permissionSet: 'PowerUser',
    principal: { type: 'user', name: 'nora' },
  },
  {
    account: 'data-staging',
    permissionSet: 'ReadOnly',
    principal: {
      type: 'deletedGroup',
      identityStoreGroupId: deletedContractorsGroupId,
    },
  },
];
