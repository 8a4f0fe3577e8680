/** A known way from some rights to more. */
export interface EscalationPath {
  /** All of them are needed, on every resource. */
  actions: readonly string[];
  /** "Could ..." */
  text: string;
  /**
   * `high`: to any right that a role or policy in the account has. `medium`: to
   * the rights of what already runs there, or of who trusts the account.
   */
  severity: 'high' | 'medium';
}

const SERVICE_NAMES: Readonly<Record<string, string>> = {
  apprunner: 'App Runner',
  autoscaling: 'Auto Scaling',
  batch: 'Batch',
  cloudformation: 'CloudFormation',
  codebuild: 'CodeBuild',
  codestar: 'CodeStar',
  datapipeline: 'Data Pipeline',
  ec2: 'EC2',
  ecs: 'ECS',
  elasticmapreduce: 'EMR',
  glue: 'Glue',
  lambda: 'Lambda',
  sagemaker: 'SageMaker',
  scheduler: 'EventBridge Scheduler',
  ssm: 'Systems Manager',
  states: 'Step Functions',
};

const alone = (
  severity: EscalationPath['severity'],
  text: string,
  ...actions: string[]
): EscalationPath[] =>
  actions.map(action => ({ actions: [action], text, severity }));

const withRole = (...actions: string[]): EscalationPath => ({
  actions: ['iam:PassRole', ...actions],
  text: `hand any role to ${
    SERVICE_NAMES[actions[0].split(':')[0]]
  } and use it there`,
  severity: 'high',
});

/**
 * The ways that are published by those who test AWS accounts (Rhino Security
 * Labs' list of 2018 and what came to it since), as far as the actions alone
 * tell them.
 */
export const ESCALATION_PATHS: readonly EscalationPath[] = [
  ...alone(
    'high',
    'rewrite a policy that it has itself',
    'iam:CreatePolicyVersion',
    'iam:SetDefaultPolicyVersion',
  ),
  ...alone(
    'high',
    'attach any policy to a role, user or group',
    'iam:AttachRolePolicy',
    'iam:AttachUserPolicy',
    'iam:AttachGroupPolicy',
    'iam:PutRolePolicy',
    'iam:PutUserPolicy',
    'iam:PutGroupPolicy',
  ),
  ...alone(
    'high',
    'make credentials of other users',
    'iam:CreateAccessKey',
    'iam:CreateLoginProfile',
    'iam:UpdateLoginProfile',
  ),
  ...alone('high', 'join any group of users', 'iam:AddUserToGroup'),
  ...alone('high', 'let itself into any role', 'iam:UpdateAssumeRolePolicy'),
  ...alone(
    'high',
    'take the boundary off a role or user',
    'iam:DeleteRolePermissionsBoundary',
    'iam:DeleteUserPermissionsBoundary',
    'iam:PutRolePermissionsBoundary',
    'iam:PutUserPermissionsBoundary',
  ),
  withRole('ec2:RunInstances'),
  withRole('ec2:AssociateIamInstanceProfile'),
  withRole('lambda:CreateFunction', 'lambda:InvokeFunction'),
  withRole('lambda:CreateFunction', 'lambda:CreateEventSourceMapping'),
  withRole('lambda:CreateFunction', 'lambda:AddPermission'),
  withRole('glue:CreateDevEndpoint'),
  withRole('glue:CreateJob', 'glue:StartJobRun'),
  withRole('glue:CreateJob', 'glue:CreateTrigger'),
  withRole('glue:UpdateJob', 'glue:StartJobRun'),
  withRole('cloudformation:CreateStack'),
  withRole('cloudformation:UpdateStack'),
  withRole('cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'),
  withRole('datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition'),
  withRole('codestar:CreateProject'),
  withRole(
    'sagemaker:CreateNotebookInstance',
    'sagemaker:CreatePresignedNotebookInstanceUrl',
  ),
  withRole('sagemaker:CreateTrainingJob'),
  withRole('sagemaker:CreateProcessingJob'),
  withRole('ecs:RegisterTaskDefinition', 'ecs:RunTask'),
  withRole('ecs:RegisterTaskDefinition', 'ecs:StartTask'),
  withRole('ecs:RegisterTaskDefinition', 'ecs:CreateService'),
  withRole('codebuild:CreateProject', 'codebuild:StartBuild'),
  withRole('autoscaling:CreateLaunchConfiguration'),
  withRole('batch:RegisterJobDefinition', 'batch:SubmitJob'),
  withRole('elasticmapreduce:RunJobFlow'),
  withRole('states:CreateStateMachine', 'states:StartExecution'),
  withRole('scheduler:CreateSchedule'),
  withRole('apprunner:CreateService'),
  withRole('ssm:CreateAssociation'),
  ...alone(
    'medium',
    'take on every role that trusts the account',
    'sts:AssumeRole',
  ),
  ...alone(
    'medium',
    'run its own code with the role of a function',
    'lambda:UpdateFunctionCode',
    'lambda:UpdateFunctionConfiguration',
  ),
  ...alone(
    'medium',
    'run commands with the role of a machine',
    'ssm:SendCommand',
    'ssm:StartSession',
    'ec2-instance-connect:SendSSHPublicKey',
  ),
  ...alone(
    'medium',
    'use the role of a notebook or job',
    'sagemaker:CreatePresignedNotebookInstanceUrl',
    'glue:UpdateDevEndpoint',
    'glue:UpdateJob',
    'codebuild:UpdateProject',
  ),
  ...alone(
    'medium',
    'change what a stack makes with its role',
    'cloudformation:UpdateStack',
    'cloudformation:UpdateStackSet',
  ),
  ...alone(
    'medium',
    'act with the rights of a whole project',
    'codestar:AssociateTeamMember',
  ),
];
