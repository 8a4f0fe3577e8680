import { Plan, RequestDetail } from 'backstage-plugin-aws-access-common';
import { LeaseRow } from '../../leases/LeaseStore';
import {
  accessGroupDocumentSchema,
  permissionSetDocumentSchema,
} from '../../planning/objects/planDocuments';

type CloudObjects = NonNullable<RequestDetail['cloudObjects']>;

/**
 * The groups and permission sets that a request is about, by the ids that the
 * clouds gave them: what exists by its plan, what it made by its leases.
 */
export function cloudObjectsOf(plan: Plan, leases: LeaseRow[]): CloudObjects {
  const existing = plan.objects.flatMap(
    ({ kind, id, before }): CloudObjects => {
      if (id === null) return [];
      if (kind === 'accessGroup') {
        const { data } = accessGroupDocumentSchema.safeParse(before);
        return data ? [{ kind, id, name: data.displayName }] : [];
      }
      if (kind === 'permissionSet') {
        const { data } = permissionSetDocumentSchema.safeParse(before);
        return data ? [{ kind, id, name: data.name }] : [];
      }
      return [];
    },
  );
  const made = leases.flatMap(({ object }): CloudObjects => {
    if (object.kind === 'accessGroup' && object.entraGroupId) {
      const { kind, entraGroupId: id, displayName: name } = object;
      return [{ kind, id, name }];
    }
    if (object.kind === 'permissionSet' && object.arn) {
      return [{ kind: object.kind, id: object.arn, name: object.name }];
    }
    return [];
  });
  const byId = new Map([...existing, ...made].map(one => [one.id, one]));
  return [...byId.values()];
}
