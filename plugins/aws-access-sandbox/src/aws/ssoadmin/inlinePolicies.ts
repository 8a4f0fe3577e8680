import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { defineOperation } from '../protocol/AwsService';
import { bumpRevision, changeable } from './policies';
import { requirePermissionSet } from './rows';
import {
  CustomerManagedPolicyReference,
  ManagedPolicyArn,
  permissionSetReference,
} from './shapes';

/** IAM counts an inline policy without its white space, and stops at this many characters. */
const MAXIMUM_NON_BLANK_CHARACTERS = 10_240;

const putInlinePolicy = defineOperation({
  name: 'PutInlinePolicyToPermissionSet',
  input: z.object({
    ...permissionSetReference,
    InlinePolicy: z
      .string()
      .min(1)
      .max(32_768)
      .regex(/^[\t\n\r\u0020-\u00FF]+$/),
  }),
  handle(input, call) {
    const row = changeable(call, input);
    checkPolicyDocument(input.InlinePolicy);
    call.context.store.run(
      'UPDATE aws_permission_sets SET inline_policy = ? WHERE arn = ?',
      [input.InlinePolicy, row.arn],
    );
    bumpRevision(call, row.arn);
    return {};
  },
});

const getInlinePolicy = defineOperation({
  name: 'GetInlinePolicyForPermissionSet',
  input: z.object(permissionSetReference),
  handle: (input, call) => ({
    InlinePolicy: requirePermissionSet(call, input).inline_policy ?? undefined,
  }),
});

const deleteInlinePolicy = defineOperation({
  name: 'DeleteInlinePolicyFromPermissionSet',
  input: z.object(permissionSetReference),
  handle(input, call) {
    const row = changeable(call, input);
    if (row.inline_policy === null) {
      throw AwsError.notFound('The permission set has no inline policy.');
    }
    call.context.store.run(
      'UPDATE aws_permission_sets SET inline_policy = NULL WHERE arn = ?',
      [row.arn],
    );
    bumpRevision(call, row.arn);
    return {};
  },
});

const putPermissionsBoundary = defineOperation({
  name: 'PutPermissionsBoundaryToPermissionSet',
  input: z.object({
    ...permissionSetReference,
    PermissionsBoundary: z.object({
      CustomerManagedPolicyReference: CustomerManagedPolicyReference.optional(),
      ManagedPolicyArn: ManagedPolicyArn.optional(),
    }),
  }),
  handle(input, call) {
    const row = changeable(call, input);
    const { CustomerManagedPolicyReference: customer, ManagedPolicyArn: arn } =
      input.PermissionsBoundary;
    if ((customer === undefined) === (arn === undefined)) {
      throw AwsError.validation(
        'Exactly one of CustomerManagedPolicyReference and ManagedPolicyArn must be given.',
      );
    }
    const boundary = customer
      ? {
          CustomerManagedPolicyReference: {
            Name: customer.Name,
            Path: customer.Path ?? '/',
          },
        }
      : { ManagedPolicyArn: arn };
    call.context.store.run(
      'UPDATE aws_permission_sets SET permissions_boundary_json = ? WHERE arn = ?',
      [JSON.stringify(boundary), row.arn],
    );
    bumpRevision(call, row.arn);
    return {};
  },
});

const getPermissionsBoundary = defineOperation({
  name: 'GetPermissionsBoundaryForPermissionSet',
  input: z.object(permissionSetReference),
  handle(input, call) {
    const row = requirePermissionSet(call, input);
    if (row.permissions_boundary_json === null) {
      throw AwsError.notFound(
        'The permission set has no permissions boundary.',
      );
    }
    return { PermissionsBoundary: JSON.parse(row.permissions_boundary_json) };
  },
});

const deletePermissionsBoundary = defineOperation({
  name: 'DeletePermissionsBoundaryFromPermissionSet',
  input: z.object(permissionSetReference),
  handle(input, call) {
    const row = changeable(call, input);
    if (row.permissions_boundary_json === null) {
      throw AwsError.notFound(
        'The permission set has no permissions boundary.',
      );
    }
    call.context.store.run(
      'UPDATE aws_permission_sets SET permissions_boundary_json = NULL WHERE arn = ?',
      [row.arn],
    );
    bumpRevision(call, row.arn);
    return {};
  },
});

function checkPolicyDocument(text: string): void {
  if (text.replace(/\s/g, '').length > MAXIMUM_NON_BLANK_CHARACTERS) {
    throw AwsError.quota(
      `The inline policy has more than ${MAXIMUM_NON_BLANK_CHARACTERS} characters without white space.`,
    );
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw AwsError.validation('The inline policy is not valid JSON.');
  }
  if (
    document === null ||
    typeof document !== 'object' ||
    !('Statement' in document)
  ) {
    throw AwsError.validation('The inline policy has no Statement.');
  }
}

export const inlinePolicyOperations = [
  putInlinePolicy,
  getInlinePolicy,
  deleteInlinePolicy,
  putPermissionsBoundary,
  getPermissionsBoundary,
  deletePermissionsBoundary,
];
