import { z } from 'zod';

/** Constraints of the members that many sso-admin operations share, as the service publishes them. */
const partition = 'arn:aws(-[a-z]{1,5}){0,3}';

export const InstanceArn = z
  .string()
  .min(10)
  .max(1224)
  .regex(
    new RegExp(`^${partition}:sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}$`),
  );

export const PermissionSetArn = z
  .string()
  .min(10)
  .max(1224)
  .regex(
    new RegExp(
      `^${partition}:sso:::permissionSet/(sso)?ins-[a-zA-Z0-9-.]{16}/ps-[a-zA-Z0-9-./]{16}$`,
    ),
  );

export const TaggableResourceArn = z
  .string()
  .min(10)
  .max(2048)
  .regex(
    new RegExp(
      `^${partition}:sso::(:instance/(sso)?ins-[a-zA-Z0-9-.]{16}|:permissionSet/(sso)?ins-[a-zA-Z0-9-.]{16}/ps-[a-zA-Z0-9-./]{16}|\\d{12}:application/(sso)?ins-[a-zA-Z0-9-.]{16}/apl-[a-zA-Z0-9]{16}|\\d{12}:trustedTokenIssuer/(sso)?ins-[a-zA-Z0-9-.]{16}/tti-[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12})$`,
    ),
  );

export const AccountId = z
  .string()
  .min(12)
  .max(12)
  .regex(/^\d{12}$/);

export const PrincipalId = z
  .string()
  .min(1)
  .max(47)
  .regex(
    /^([0-9a-f]{10}-|)[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}$/,
  );

export const PrincipalType = z.enum(['USER', 'GROUP']);

export const TargetType = z.enum(['AWS_ACCOUNT']);

export const RequestId = z
  .string()
  .min(36)
  .max(36)
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

export const ManagedPolicyArn = z
  .string()
  .min(20)
  .max(2048)
  .regex(
    new RegExp(
      `^${partition}:iam::aws:policy((/[A-Za-z0-9.,+@=_-]+)*)/([A-Za-z0-9.,+=@_-]+)$`,
    ),
  );

export const CustomerManagedPolicyReference = z.object({
  Name: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\w+=,.@-]+$/),
  Path: z
    .string()
    .min(1)
    .max(512)
    .regex(/^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/)
    .optional(),
});

const TagKey = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u);

export const TagKeys = z.array(TagKey).min(1).max(75);

export const Tags = z
  .array(
    z.object({
      Key: TagKey,
      Value: z
        .string()
        .max(256)
        .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u),
    }),
  )
  .max(75);

export const NextToken = z
  .string()
  .max(2048)
  .regex(/^[-a-zA-Z0-9+=/_]*$/)
  .optional();

/** The members of a paged list. */
export const paging = {
  MaxResults: z.number().int().min(1).max(100).optional(),
  NextToken,
};

/** Every operation on one permission set takes these two. */
export const permissionSetReference = {
  InstanceArn,
  PermissionSetArn,
};

export const ProvisioningStatus = z.enum([
  'LATEST_PERMISSION_SET_PROVISIONED',
  'LATEST_PERMISSION_SET_NOT_PROVISIONED',
]);

export const OperationStatusFilter = z
  .object({
    Status: z.enum(['IN_PROGRESS', 'FAILED', 'SUCCEEDED']).optional(),
  })
  .optional();
