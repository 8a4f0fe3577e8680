import {
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  paginateListCustomerManagedPolicyReferencesInPermissionSet,
  paginateListManagedPoliciesInPermissionSet,
  paginateListTagsForResource,
  PermissionsBoundary,
  SSOAdminClient,
  Tag,
} from '@aws-sdk/client-sso-admin';
import { PermissionSetDocument } from '../AwsCloud';
import { collectPages } from '../collectPages';
import { unlessMissing } from '../unlessMissing';
import { GatedAwsClient } from './GatedAwsClient';
import { withoutMarks } from './permissionSetTags';

/** What AWS uses where a permission set says nothing. */
const DEFAULT_SESSION_DURATION = 'PT1H';

/**
 * Reads everything a permission set carries: six calls. Lists are sorted, so
 * that the same content always has the same digest.
 */
export async function readPermissionSet(
  ssoAdmin: GatedAwsClient<SSOAdminClient>,
  instanceArn: string,
  arn: string,
): Promise<PermissionSetDocument> {
  const input = { InstanceArn: instanceArn, PermissionSetArn: arn };
  const [described, managed, customer, inline, boundary, tags] =
    await Promise.all([
      ssoAdmin.read(client =>
        client.send(new DescribePermissionSetCommand(input)),
      ),
      collectPages(
        ssoAdmin.pages(
          client =>
            paginateListManagedPoliciesInPermissionSet({ client }, input),
          page => page.AttachedManagedPolicies ?? [],
        ),
      ),
      collectPages(
        ssoAdmin.pages(
          client =>
            paginateListCustomerManagedPolicyReferencesInPermissionSet(
              { client },
              input,
            ),
          page => page.CustomerManagedPolicyReferences ?? [],
        ),
      ),
      ssoAdmin.read(client =>
        client.send(new GetInlinePolicyForPermissionSetCommand(input)),
      ),
      readBoundary(ssoAdmin, input),
      readTags(ssoAdmin, instanceArn, arn),
    ]);
  const set = described.PermissionSet;
  return {
    name: set?.Name ?? '',
    // A blank stands for none: see awsWrites.ts.
    description: set?.Description?.trim() ? set.Description : null,
    sessionDuration: set?.SessionDuration ?? DEFAULT_SESSION_DURATION,
    relayState: set?.RelayState ?? null,
    managedPolicies: managed
      .map(({ Arn, Name }) => ({ arn: Arn ?? '', name: Name ?? '' }))
      .sort((a, b) => compare(a.arn, b.arn)),
    customerManagedPolicies: customer
      .map(toPolicyReference)
      .sort((a, b) => compare(a.path + a.name, b.path + b.name)),
    // AWS answers with an empty text where there is no inline policy.
    inlinePolicy: inline.InlinePolicy || null,
    permissionsBoundary: boundary,
    tags: withoutMarks(tags),
  };
}

/** All tags of a permission set, our marks included. */
export function readTags(
  ssoAdmin: GatedAwsClient<SSOAdminClient>,
  InstanceArn: string,
  ResourceArn: string,
): Promise<Tag[]> {
  return collectPages(
    ssoAdmin.pages(
      client =>
        paginateListTagsForResource({ client }, { InstanceArn, ResourceArn }),
      page => page.Tags ?? [],
    ),
  );
}

async function readBoundary(
  ssoAdmin: GatedAwsClient<SSOAdminClient>,
  input: { InstanceArn: string; PermissionSetArn: string },
): Promise<PermissionSetDocument['permissionsBoundary']> {
  // Not found is AWS's way of saying that the permission set has none.
  const answer = await unlessMissing(() =>
    ssoAdmin.read(client =>
      client.send(new GetPermissionsBoundaryForPermissionSetCommand(input)),
    ),
  );
  return toBoundary(answer?.PermissionsBoundary);
}

function toBoundary(
  boundary: PermissionsBoundary | undefined,
): PermissionSetDocument['permissionsBoundary'] {
  if (boundary?.ManagedPolicyArn) {
    return { managedPolicyArn: boundary.ManagedPolicyArn };
  }
  const customer = boundary?.CustomerManagedPolicyReference;
  return customer
    ? { customerManagedPolicy: toPolicyReference(customer) }
    : null;
}

function toPolicyReference(reference: { Name?: string; Path?: string }) {
  return { name: reference.Name ?? '', path: reference.Path ?? '/' };
}

// Not localeCompare: the order must not depend on the machine.
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
