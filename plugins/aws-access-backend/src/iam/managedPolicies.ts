import { PolicyStatement } from './parsePolicy';
import { describedGrant, Grant, statementGrant } from './Grant';
import { IAM_LEVELS, IamLevel } from './iamActions';

/** What is known of a policy that AWS manages. */
export interface ManagedPolicy {
  /** What AWS says it is for. */
  text: string;
  /** Empty: it reads, and which services is not known. */
  grants: Grant[];
}

const READS: readonly IamLevel[] = ['List', 'Read'];

/** Services in which money is looked after. */
export const BILLING_SERVICES: readonly string[] = [
  'aws-portal',
  'bcm-data-exports',
  'bcm-pricing-calculator',
  'billing',
  'billingconductor',
  'budgets',
  'ce',
  'consolidatedbilling',
  'cost-optimization-hub',
  'cur',
  'freetier',
  'invoicing',
  'payments',
  'pricing',
  'purchase-orders',
  'savingsplans',
  'sustainability',
  'tax',
];

const allow = (
  parts: Pick<PolicyStatement, 'Action' | 'NotAction'> & {
    Resource?: string[];
  },
) => statementGrant({ Effect: 'Allow', Resource: ['*'], ...parts });

/** A job function: writes in its services, and looks at those around them. */
const jobFunction = (
  writes: readonly string[],
  reads: readonly string[],
  passedRoles: string[],
): Grant[] => [
  describedGrant(writes, IAM_LEVELS),
  describedGrant(reads, READS),
  ...(passedRoles.length > 0
    ? [
        allow({
          Action: ['iam:PassRole'],
          Resource: passedRoles.map(role => `arn:aws:iam::*:role/${role}`),
        }),
      ]
    : []),
];

/**
 * Policies whose reach AWS documents, by the part of the ARN after `policy/`.
 * Their text is not to be had through IAM Identity Center. The first three are
 * short, published word for word, and steady; of the others AWS documents the
 * purpose and the services, and rewrites the actions often.
 */
const KNOWN: Readonly<Record<string, ManagedPolicy>> = {
  AdministratorAccess: {
    text: 'everything',
    grants: [allow({ Action: ['*'] })],
  },
  PowerUserAccess: {
    text: 'everything but people, their rights, and the organization',
    grants: [
      allow({ NotAction: ['iam:*', 'organizations:*', 'account:*'] }),
      allow({
        Action: [
          'account:GetAccountInformation',
          'account:GetGovCloudAccountInformation',
          'account:GetPrimaryEmail',
          'account:ListRegions',
          'iam:CreateServiceLinkedRole',
          'iam:DeleteServiceLinkedRole',
          'iam:ListRoles',
          'organizations:DescribeEffectivePolicy',
          'organizations:DescribeOrganization',
        ],
      }),
    ],
  },
  IAMFullAccess: {
    text: 'people, roles and all their rights',
    grants: [
      allow({
        Action: [
          'iam:*',
          'organizations:DescribeAccount',
          'organizations:DescribeOrganization',
          'organizations:DescribeOrganizationalUnit',
          'organizations:DescribePolicy',
          'organizations:ListChildren',
          'organizations:ListParents',
          'organizations:ListPolicies',
          'organizations:ListPoliciesForTarget',
          'organizations:ListRoots',
          'organizations:ListTargetsForPolicy',
        ],
      }),
    ],
  },
  ReadOnlyAccess: {
    text: 'looking at everything, also at what is stored',
    grants: [describedGrant('all', READS)],
  },
  SecurityAudit: {
    text: 'looking at the configuration that matters for security',
    grants: [describedGrant('all', READS)],
  },
  'job-function/ViewOnlyAccess': {
    text: 'lists of what there is, not what is in it',
    grants: [describedGrant('all', ['List'])],
  },
  'job-function/Billing': {
    text: 'invoices, payments, budgets and cost reports',
    grants: [describedGrant(BILLING_SERVICES, IAM_LEVELS)],
  },
  AWSBillingReadOnlyAccess: {
    text: 'looking at invoices, payments and costs',
    grants: [describedGrant(BILLING_SERVICES, READS)],
  },
  'job-function/DatabaseAdministrator': {
    text: 'setting up and running databases',
    grants: jobFunction(
      [
        'cloudwatch',
        'datapipeline',
        'dynamodb',
        'elasticache',
        'rds',
        'redshift',
        'sns',
      ],
      ['ec2', 'iam', 'kinesis', 'kms', 'lambda', 'logs', 's3'],
      ['rds-monitoring-role', 'rdbms-lambda-access', 'lambda_exec_role'],
    ),
  },
  'job-function/DataScientist': {
    text: 'analysis of data with clusters, streams and warehouses',
    grants: jobFunction(
      [
        'autoscaling',
        'cloudwatch',
        'datapipeline',
        'dynamodb',
        'ec2',
        'elasticfilesystem',
        'elasticmapreduce',
        'kinesis',
        'rds',
        'redshift',
        's3',
        'sns',
      ],
      ['cloudformation', 'iam', 'kms', 'lambda', 'logs'],
      ['EMR_EC2_DefaultRole', 'EMR_DefaultRole', 'DataPipelineDefaultRole'],
    ),
  },
  'job-function/NetworkAdministrator': {
    text: 'setting up and running networks',
    grants: jobFunction(
      [
        'cloudfront',
        'directconnect',
        'ec2',
        'elasticloadbalancing',
        'networkmanager',
        'route53',
        'route53domains',
      ],
      ['autoscaling', 'cloudwatch', 'elasticbeanstalk', 'iam', 'logs', 's3'],
      ['flow-logs-*'],
    ),
  },
  'job-function/SystemAdministrator': {
    text: 'setting up and running what applications and developers need',
    grants: jobFunction(
      [
        'autoscaling',
        'cloudtrail',
        'cloudwatch',
        'codecommit',
        'codedeploy',
        'config',
        'ds',
        'ec2',
        'lambda',
        'rds',
        'route53',
        'sns',
        'sqs',
      ],
      ['iam', 'kms', 'logs', 's3', 'trustedadvisor'],
      [
        'rds-monitoring-role',
        'ec2-sysadmin-*',
        'ecr-sysadmin-*',
        'lambda-sysadmin-*',
      ],
    ),
  },
  'job-function/SupportUser': {
    text: 'looking into trouble, and cases with AWS Support',
    grants: [
      describedGrant('all', READS),
      describedGrant(['support'], IAM_LEVELS),
    ],
  },
};

/** Policies through which access to AWS itself is managed; their text is not known. */
const CONTROLLING =
  /^(AWSSSO(?!ReadOnly|DirectoryReadOnly)|AWSOrganizationsFullAccess|AWSIdentity(?!.*ReadOnly)|AWSControlTower)/;

/** What AWS documents of the policy; undefined when that is not known here. */
export function managedPolicy(arn: string): ManagedPolicy | undefined {
  const path = pathOf(arn);
  if (!path) return undefined;
  if (Object.hasOwn(KNOWN, path)) return KNOWN[path];
  // AWS names its read-only policies by this ending.
  return path.endsWith('ReadOnlyAccess')
    ? { text: 'looking at what its name says', grants: [] }
    : undefined;
}

/** True when AWS names the policy after a service that manages access to AWS. */
export function isControllingPolicy(arn: string): boolean {
  const name = pathOf(arn)?.split('/').pop();
  return name !== undefined && CONTROLLING.test(name);
}

/** Only the policies that are AWS's own have no account in their ARN. */
function pathOf(arn: string): string | undefined {
  return /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
}
