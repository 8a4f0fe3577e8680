import { createHash } from 'node:crypto';

/** An AWS managed policy of the sandbox. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** As AWS makes them: `ANPA` and 17 letters or digits. */
  readonly id: string;
  readonly description: string;
  readonly versionId: string;
  readonly document: object;
}

const allow = (Action: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});

const policy = (
  name: string,
  description: string,
  versionId: string,
  ...statements: object[]
): ManagedPolicy => {
  const arn = `arn:aws:iam::aws:policy/${name}`;
  return {
    arn,
    name: name.split('/').pop() ?? name,
    path: name.includes('/') ? '/job-function/' : '/',
    id: `ANPA${createHash('sha256')
      .update(arn)
      .digest('hex')
      .slice(0, 17)
      .toUpperCase()}`,
    description,
    versionId,
    document: { Version: '2012-10-17', Statement: statements },
  };
};

/**
 * The AWS managed policies that the example company uses and some that it might. The documents have the character of
 * AWS's own (what is allowed and what is kept out) in a few lines, not their hundreds of actions.
 */
export const managedPolicies: readonly ManagedPolicy[] = [
  policy(
    'AdministratorAccess',
    'Provides full access to AWS services and resources.',
    'v1',
    allow('*'),
  ),
  policy(
    'PowerUserAccess',
    'Provides full access to AWS services and resources, but does not allow management of Users and groups.',
    'v6',
    {
      Effect: 'Allow',
      NotAction: ['iam:*', 'organizations:*', 'account:*'],
      Resource: '*',
    },
    allow([
      'account:GetAccountInformation',
      'account:ListRegions',
      'iam:CreateServiceLinkedRole',
      'iam:DeleteServiceLinkedRole',
      'iam:ListRoles',
      'organizations:DescribeOrganization',
    ]),
  ),
  policy(
    'ReadOnlyAccess',
    'Provides read-only access to AWS services and resources.',
    'v142',
    allow([
      'cloudtrail:Get*',
      'cloudwatch:Get*',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'ec2:Describe*',
      'iam:Get*',
      'iam:List*',
      'lambda:Get*',
      'lambda:List*',
      'logs:Get*',
      'rds:Describe*',
      's3:Get*',
      's3:List*',
      'sqs:ReceiveMessage',
    ]),
  ),
  policy(
    'SecurityAudit',
    'The security audit template grants access to read security configuration metadata.',
    'v55',
    allow([
      'cloudtrail:DescribeTrails',
      'cloudtrail:LookupEvents',
      'config:Describe*',
      'ec2:Describe*',
      'iam:GenerateCredentialReport',
      'iam:Get*',
      'iam:List*',
      'kms:List*',
      's3:GetBucketPolicy',
      'sso:DescribePermissionSet',
      'sso:ListPermissionSets',
    ]),
  ),
  policy(
    'AWSSecurityHubReadOnlyAccess',
    'Provides read only access to AWS Security Hub resources.',
    'v1',
    allow(['securityhub:Get*', 'securityhub:List*', 'securityhub:Describe*']),
  ),
  policy(
    'AmazonAthenaFullAccess',
    'Provide full access to Amazon Athena and scoped access to the dependencies needed to enable querying.',
    'v13',
    allow('athena:*'),
    allow(['glue:GetDatabase*', 'glue:GetTable*', 'glue:GetPartition*']),
    allow(['s3:GetObject', 's3:ListBucket', 's3:PutObject'], {
      Resource: ['arn:aws:s3:::aws-athena-query-results-*'],
    }),
  ),
  policy(
    'AmazonSageMakerReadOnly',
    'Provides read only access to Amazon SageMaker.',
    'v12',
    allow(['sagemaker:Describe*', 'sagemaker:List*', 'sagemaker:Get*']),
  ),
  policy(
    'CloudWatchReadOnlyAccess',
    'Provides read only access to CloudWatch.',
    'v12',
    allow([
      'cloudwatch:BatchGet*',
      'cloudwatch:Describe*',
      'cloudwatch:Get*',
      'cloudwatch:List*',
      'logs:Get*',
      'logs:Describe*',
      'logs:StartQuery',
    ]),
  ),
  policy(
    'AWSXrayReadOnlyAccess',
    'AWS X-Ray read only managed policy.',
    'v8',
    allow(['xray:BatchGetTraces', 'xray:Get*', 'xray:List*']),
  ),
  policy(
    'AWSCodePipeline_FullAccess',
    'Provides full access to AWS CodePipeline.',
    'v2',
    allow([
      'codepipeline:*',
      'cloudformation:DescribeStacks',
      'codebuild:List*',
      's3:ListAllMyBuckets',
    ]),
    allow('iam:PassRole', {
      Resource: ['arn:aws:iam::*:role/service-role/cwe-role-*'],
      Condition: {
        StringEquals: { 'iam:PassedToService': 'events.amazonaws.com' },
      },
    }),
  ),
  policy(
    'job-function/Billing',
    'Grants permissions for billing and cost management.',
    'v10',
    allow([
      'aws-portal:*Billing',
      'budgets:ModifyBudget',
      'budgets:ViewBudget',
      'ce:*',
      'cur:*',
      'invoicing:Get*',
      'payments:List*',
    ]),
  ),
  policy(
    'job-function/DatabaseAdministrator',
    'Grants full access permissions to AWS services and actions required to set up and configure AWS database services.',
    'v3',
    allow([
      'cloudwatch:GetMetricStatistics',
      'dynamodb:*',
      'elasticache:*',
      'rds:*',
      'redshift:*',
    ]),
    allow('iam:PassRole', {
      Resource: [
        'arn:aws:iam::*:role/rds-monitoring-role',
        'arn:aws:iam::*:role/lambda_exec_role',
      ],
    }),
  ),
  policy(
    'job-function/NetworkAdministrator',
    'Grants full access permissions to AWS services and actions required to set up and configure AWS network resources.',
    'v13',
    allow([
      'directconnect:*',
      'ec2:*NetworkAcl*',
      'ec2:*RouteTable*',
      'ec2:*SecurityGroup*',
      'ec2:*TransitGateway*',
      'ec2:*Vpc*',
      'route53:*',
    ]),
  ),
  policy(
    'job-function/SupportUser',
    'This policy grants permissions to troubleshoot and resolve issues in an AWS account.',
    'v8',
    allow([
      'support:*',
      'cloudformation:Describe*',
      'cloudwatch:Get*',
      'ec2:Describe*',
      'rds:Describe*',
      's3:List*',
    ]),
  ),
  policy(
    'job-function/ViewOnlyAccess',
    'This policy grants permissions to view resources and basic metadata across all AWS services.',
    'v25',
    allow(['ec2:Describe*', 'iam:List*', 'rds:Describe*', 's3:ListBucket']),
  ),
  policy(
    'IAMReadOnlyAccess',
    'Provides read only access to IAM via the AWS Management Console.',
    'v4',
    allow(['iam:Get*', 'iam:List*', 'iam:GenerateCredentialReport']),
  ),
  policy(
    'IAMFullAccess',
    'Provides full access to IAM via the AWS Management Console.',
    'v2',
    allow(['iam:*', 'organizations:DescribeAccount']),
  ),
];
