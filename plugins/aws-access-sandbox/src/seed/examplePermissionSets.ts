import { exampleClouds } from './exampleConstants';
import { exampleHex16 } from './exampleIds';

/**
 * A permission set of the example organization.
 *
 * @public
 */
export type ExamplePermissionSet = {
  arn: string;
  name: string;
  description: string;
  /** ISO 8601, PT1H to PT12H. */
  sessionDuration: string;
  relayState?: string;
  managedPolicyArns: string[];
  /** Must exist in an account before the permission set can be provisioned there. */
  customerManagedPolicies?: { name: string; path: string }[];
  inlinePolicy?: object;
  /** ARN of an AWS managed policy. */
  permissionsBoundaryArn?: string;
  tags: Record<string, string>;
};

const managed = (...names: string[]) =>
  names.map(name => `arn:aws:iam::aws:policy/${name}`);

const document = (...statements: object[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});

const permissionSet = (
  name: string,
  parts: Omit<ExamplePermissionSet, 'arn' | 'name' | 'tags'>,
  tags: Record<string, string> = {},
): ExamplePermissionSet => ({
  arn: `arn:aws:sso:::permissionSet/${
    exampleClouds.aws.instanceId
  }/ps-${exampleHex16('permission-set', name)}`,
  name,
  ...parts,
  tags: { 'managed-by': 'cloud-platform', ...tags },
});

/** @public */
export const examplePermissionSets: ExamplePermissionSet[] = [
  permissionSet('AdministratorAccess', {
    description: 'Everything in the account',
    sessionDuration: 'PT4H',
    managedPolicyArns: managed('AdministratorAccess'),
  }),
  permissionSet('PowerUser', {
    description: 'Build and run everything, except people and their rights',
    sessionDuration: 'PT8H',
    managedPolicyArns: managed('PowerUserAccess'),
    inlinePolicy: document({
      Sid: 'KeepTheTrail',
      Effect: 'Deny',
      Action: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'],
      Resource: '*',
    }),
  }),
  permissionSet('ReadOnly', {
    description: 'Look at everything, change nothing',
    sessionDuration: 'PT8H',
    managedPolicyArns: managed('ReadOnlyAccess'),
    inlinePolicy: document({
      Sid: 'NoCustomerData',
      Effect: 'Deny',
      Action: ['s3:GetObject', 'dynamodb:Query', 'dynamodb:Scan'],
      Resource: '*',
      Condition: {
        StringEquals: { 'aws:ResourceTag/classification': 'customer-data' },
      },
    }),
  }),
  permissionSet('Billing', {
    description: 'Invoices, budgets and cost reports',
    sessionDuration: 'PT8H',
    relayState: 'https://console.aws.amazon.com/costmanagement/',
    managedPolicyArns: managed('job-function/Billing'),
  }),
  permissionSet('DatabaseAdmin', {
    description: 'Set up and run the databases of the account',
    sessionDuration: 'PT2H',
    managedPolicyArns: managed('job-function/DatabaseAdministrator'),
    inlinePolicy: document(
      {
        Sid: 'ReadDatabaseSecrets',
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue'],
        Resource: 'arn:aws:secretsmanager:*:*:secret:database/*',
      },
      {
        Sid: 'NeverDropABackup',
        Effect: 'Deny',
        Action: ['rds:DeleteDBSnapshot', 'backup:DeleteRecoveryPoint'],
        Resource: '*',
      },
    ),
  }),
  permissionSet('NetworkAdmin', {
    description: 'Networks, transit gateways and name resolution',
    sessionDuration: 'PT4H',
    managedPolicyArns: managed('job-function/NetworkAdministrator'),
  }),
  permissionSet('SecurityAudit', {
    description: 'Read the configuration of everything, for the security team',
    sessionDuration: 'PT8H',
    managedPolicyArns: managed('SecurityAudit', 'AWSSecurityHubReadOnlyAccess'),
  }),
  permissionSet('SupportUser', {
    description: 'Troubleshoot, and open cases with AWS Support',
    sessionDuration: 'PT4H',
    managedPolicyArns: managed('job-function/SupportUser'),
  }),
  permissionSet('DataScientist', {
    description:
      'Notebooks and queries on the data that is cleared for analysis',
    sessionDuration: 'PT8H',
    managedPolicyArns: managed(
      'AmazonAthenaFullAccess',
      'AmazonSageMakerReadOnly',
    ),
    customerManagedPolicies: [
      { name: 'ParcelAnalysisWorkspace', path: '/parcel/' },
    ],
    inlinePolicy: document({
      Sid: 'ReadClearedData',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: [
        'arn:aws:s3:::parcel-analysis',
        'arn:aws:s3:::parcel-analysis/*',
      ],
    }),
  }),
  permissionSet('LogReader', {
    description: 'Read logs, metrics and traces',
    sessionDuration: 'PT8H',
    managedPolicyArns: managed(
      'CloudWatchReadOnlyAccess',
      'AWSXrayReadOnlyAccess',
    ),
  }),
  permissionSet('DeployPipeline', {
    description: 'Start and watch deployments',
    sessionDuration: 'PT1H',
    managedPolicyArns: managed('AWSCodePipeline_FullAccess'),
    permissionsBoundaryArn: 'arn:aws:iam::aws:policy/PowerUserAccess',
    inlinePolicy: document({
      Sid: 'HandOverTheDeploymentRole',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: 'arn:aws:iam::*:role/deployment/*',
      Condition: {
        StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
      },
    }),
  }),
  permissionSet(
    'BreakGlass',
    {
      description: 'Everything, for emergencies with an incident number',
      sessionDuration: 'PT1H',
      managedPolicyArns: managed('AdministratorAccess'),
    },
    { emergency: 'true' },
  ),
];
