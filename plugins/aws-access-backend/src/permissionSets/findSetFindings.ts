import { Finding } from 'backstage-plugin-aws-access-common';
import { PermissionSetDocument } from '../clouds/AwsCloud';
import { digestOf } from '../digest/digestOf';
import { RecentResults } from '../iam/RecentResults';
import { findFindings } from '../planning/findings/findFindings';

/** An instance of IAM Identity Center may have 3,500 permission sets (AWS's quota). */
const recent = new RecentResults<Finding[]>(4000);

/**
 * What in a permission set is worth an eye, wherever and whoever it is for: what
 * a plan would find that only makes it.
 */
export function findSetFindings(
  arn: string,
  document: PermissionSetDocument,
): Finding[] {
  return recent.getOrCompute(digestOf({ arn, document }), () =>
    find(arn, document),
  );
}

function find(arn: string, document: PermissionSetDocument): Finding[] {
  return findFindings(
    {
      // Any end: it is not about for how long.
      duration: 'PT1H',
      accounts: [],
      permissionSets: [],
      people: [],
      objects: [
        {
          key: arn,
          kind: 'permissionSet',
          action: 'create',
          id: arn,
          summary: '',
          before: null,
          after: document,
        },
      ],
      gains: [],
      losses: [],
    },
    {
      permissionSets: new Map(),
      inIdentityStore: new Set(),
      pins: null,
      delegatedAdministratorIds: null,
      holders: new Map(),
      accounts: new Map(),
    },
  );
}
