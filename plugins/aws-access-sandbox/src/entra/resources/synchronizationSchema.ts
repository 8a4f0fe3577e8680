import { createHash } from 'crypto';
import type { ScimJob } from '../../scim/ScimJob';

const attribute = (source: string, target: string, matchingPriority = 0) => ({
  defaultValue: null,
  exportMissingReferences: false,
  flowBehavior: 'FlowWhenChanged',
  flowType: 'Always',
  matchingPriority,
  source: {
    expression: `[${source}]`,
    name: source,
    type: 'Attribute',
    parameters: [],
  },
  targetAttributeName: target,
});

const mapping = (
  source: string,
  target: string,
  attributeMappings: object[],
) => ({
  enabled: true,
  flowTypes: 'Add, Update, Delete',
  metadata: [],
  name: `Provision Azure Active Directory ${source}s`,
  scope: null,
  sourceObjectName: source,
  targetObjectName: target,
  attributeMappings,
});

/** Id of the job's only rule, which `provisionOnDemand` has to name. */
export function synchronizationRuleId(job: ScimJob): string {
  return createHash('sha256')
    .update(job.id)
    .digest('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The mapping of the job: what is matched by what, and which attributes flow. */
export function synchronizationSchema(job: ScimJob): Record<string, unknown> {
  return {
    id: job.id,
    version: 'v1.0',
    synchronizationRules: [
      {
        id: synchronizationRuleId(job),
        name: 'AWS IAM Identity Center',
        editable: true,
        priority: 1,
        sourceDirectoryName: 'Azure Active Directory',
        targetDirectoryName: 'AWS IAM Identity Center',
        metadata: [],
        objectMappings: [
          mapping('Group', 'urn:ietf:params:scim:schemas:core:2.0:Group', [
            attribute('displayName', 'displayName', 1),
            attribute('objectId', 'externalId'),
            attribute('members', 'members'),
          ]),
          mapping(
            'User',
            'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
            [
              attribute('userPrincipalName', 'userName', 1),
              attribute('objectId', 'externalId'),
              attribute('givenName', 'name.givenName'),
              attribute('surname', 'name.familyName'),
              attribute('displayName', 'displayName'),
              attribute('mail', 'emails[type eq "work"].value'),
              attribute('mobile', 'phoneNumbers[type eq "mobile"].value'),
              attribute('jobTitle', 'title'),
            ],
          ),
        ],
      },
    ],
  };
}
