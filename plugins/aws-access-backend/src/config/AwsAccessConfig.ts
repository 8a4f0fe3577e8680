import {
  accountIdSchema,
  durationSchema,
  entityRefSchema,
  organizationIdSchema,
} from 'backstage-plugin-aws-access-common';
import { z } from 'zod';
import { cloudEndpointSchema } from './cloudEndpointSchema';
import { entraCredentialsSchema } from './entraCredentialsSchema';
import { guidSchema } from './guidSchema';
import { managerSchema } from './managerSchema';
import { policySchema } from './policySchema';

const awsCredentialsSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('default') }),
  z.strictObject({
    type: z.literal('accessKey'),
    accessKeyId: z.string().min(1),
    secretAccessKey: z.string().min(1),
  }),
  z.strictObject({
    type: z.literal('assumeRole'),
    roleArn: z.string().startsWith('arn:'),
    externalId: z.string().optional(),
  }),
]);

/** The role's account; undefined = another kind of credentials. */
export function accountOfCredentials(
  credentials: z.output<typeof awsCredentialsSchema>,
): string | undefined {
  return credentials.type === 'assumeRole'
    ? /^arn:[^:]+:iam::(\d{12}):/.exec(credentials.roleArn)?.[1]
    : undefined;
}

const organizationSchema = z.strictObject({
  title: z.string().min(1).optional(),
  writes: z.enum(['off', 'dry-run', 'on']).default('off'),
  accessPortalUrl: z.url().optional(),
  aws: z.strictObject({
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region'),
    endpoint: cloudEndpointSchema.optional(),
    credentials: awsCredentialsSchema.default({ type: 'default' }),
  }),
  entra: z.strictObject({
    tenantId: guidSchema,
    graphUrl: cloudEndpointSchema.default('https://graph.microsoft.com'),
    /** Object id of the enterprise application's service principal. */
    enterpriseApplicationId: guidSchema,
    /** Object id of our own service principal: the owner of access groups. */
    servicePrincipalId: guidSchema,
    applicationAssignment: z.enum(['automatic', 'manual']).default('automatic'),
    credentials: entraCredentialsSchema,
  }),
  accountFacts: z
    .strictObject({
      environmentTag: z.string().min(1).default('environment'),
      ownerTag: z.string().min(1).default('owner'),
      /**
       * `managed-by-origin-location` values of catalog entities whose owner may
       * count as the owner of the account they are annotated with.
       */
      trustedCatalogLocations: z.array(z.string().min(1)).default([]),
    })
    .prefault({}),
  groupNaming: z
    .string()
    .max(200)
    .refine(template => template.includes('{team}'), {
      message: 'must contain {team}',
    })
    .default('AWS-{team}-{permissionSet}'),
  /**
   * How an elevation is made: assigned to each person, so that it ends within
   * seconds, or through an access group, so that it ends with the SCIM cycle.
   */
  elevation: z.enum(['direct', 'accessGroup']).default('direct'),
  protected: z
    .strictObject({
      accounts: z.array(accountIdSchema).default([]),
      permissionSets: z.array(z.string()).default([]),
      groups: z.array(z.string()).default([]),
    })
    .prefault({}),
  inventory: z
    .strictObject({
      refreshEvery: durationSchema.default('PT15M'),
      staleAfter: durationSchema.default('PT1H'),
    })
    .prefault({}),
  limits: z
    .strictObject({
      /** sso-admin shares 20/s with the console and other tools. */
      requestsPerSecond: z.number().min(1).max(1000).default(18),
      /** AWS accepts 10 unfinished assignment creations at once. */
      outstandingAssignments: z.number().int().min(1).max(15).default(10),
      /**
       * How many accounts or people may leave what is kept true, or people with
       * access Entra, at once before an operator has to say go.
       */
      removalsAtOnce: z.number().int().min(1).max(1000).default(10),
      /** Writes in an hour before an operator has to say go. */
      writesPerHour: z.number().int().min(1).default(5000),
      /** Removals in an hour before an operator has to say go. */
      removalsPerHour: z.number().int().min(1).default(2000),
    })
    .prefault({}),
});

const refs = z
  .array(z.union([entityRefSchema('user'), entityRefSchema('group')]))
  .default([]);

const integrityKeySchema = z
  .string()
  .refine(key => Buffer.byteLength(key) >= 32, 'must have at least 32 bytes');

const sectionSchema = z.strictObject({
  organizations: z
    .record(organizationIdSchema, organizationSchema)
    .refine(value => Object.keys(value).length > 0, {
      message: 'must name at least one organization',
    }),
  roles: z
    .strictObject({
      admin: refs,
      auditor: refs,
      operator: refs,
      security: refs,
    })
    .prefault({}),
  policy: policySchema,
  people: z
    .strictObject({
      /**
       * `managed-by-origin-location` values of the Users and Groups that count;
       * `*` at the end stands for anything. Empty: the catalog decides.
       */
      trustedCatalogLocations: z.array(z.string().min(1)).default([]),
      /** Needed where the policy asks managers. */
      manager: managerSchema.optional(),
    })
    .prefault({}),
  requests: z
    .strictObject({
      lapsePendingAfter: durationSchema.default('P14D'),
      lapseApprovedAfter: durationSchema.default('P1D'),
      remindAfter: durationSchema.default('P1D'),
      warnBeforeEnd: durationSchema.default('P1D'),
      maxOpenPerPerson: z.number().int().min(1).max(1000).default(20),
      previewsPerMinute: z.number().int().min(1).max(10_000).default(60),
      commentsPerMinute: z.number().int().min(1).max(10_000).default(20),
      denialsPerMinute: z.number().int().min(1).max(10_000).default(20),
    })
    .prefault({}),
  /** Seals decisions, authorizations and ends; the first one seals. */
  integrityKey: z
    .union([integrityKeySchema, z.array(integrityKeySchema).min(1)])
    .transform(keys => (Array.isArray(keys) ? keys : [keys]))
    .optional(),
  followUps: z
    .strictObject({
      templates: z.array(entityRefSchema('template')).default([]),
    })
    .prefault({}),
  /** Read by the template actions; named here so that nothing else may be. */
  templates: z
    .strictObject({ waitSeconds: z.number().min(0).max(120).default(30) })
    .prefault({}),
  /** How often the worker looks for work; tests and demos make it short. */
  worker: z
    .strictObject({
      pollSeconds: z.number().min(0.1).max(60).default(5),
      claimSeconds: z.number().min(5).max(600).default(60),
    })
    .prefault({}),
});

/** The shape of `awsAccess` in app-config; see config.d.ts for every key. */
export const awsAccessConfigSchema = sectionSchema.refine(
  ({ people, policy }) =>
    people.manager !== undefined ||
    ![
      policy.defaultStage,
      policy.defaultStageWithoutAccounts,
      ...policy.rules.flatMap(rule => rule.require ?? []),
    ]
      .flatMap(stage => [
        ...(stage?.approvers ?? []),
        ...(stage?.alternates?.approvers ?? []),
      ])
      .includes('manager'),
  {
    path: ['people', 'manager'],
    message: 'must say where managers are named, because the policy asks them',
  },
);

/** The parsed configuration. */
export type AwsAccessConfig = z.output<typeof awsAccessConfigSchema>;
/** One organization of it. */
export type OrganizationConfig = AwsAccessConfig['organizations'][string];
export type { PolicyRule } from './policySchema';
