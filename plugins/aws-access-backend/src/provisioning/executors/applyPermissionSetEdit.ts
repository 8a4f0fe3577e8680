import {
  PermissionSetDocument,
  PermissionSetEdit,
} from '../../clouds/AwsCloud';

/** What a permission set carries after an edit, as AWS would answer. Pure. */
export function applyPermissionSetEdit(
  set: PermissionSetDocument,
  edit: PermissionSetEdit,
): PermissionSetDocument {
  switch (edit.kind) {
    case 'attributes': {
      const { description, sessionDuration, relayState } = edit;
      return { ...set, description, sessionDuration, relayState };
    }
    case 'attachManagedPolicy':
      return {
        ...set,
        managedPolicies: [
          ...set.managedPolicies.filter(({ arn }) => arn !== edit.arn),
          {
            arn: edit.arn,
            name: edit.arn.slice(edit.arn.lastIndexOf('/') + 1),
          },
        ],
      };
    case 'detachManagedPolicy':
      return {
        ...set,
        managedPolicies: set.managedPolicies.filter(
          ({ arn }) => arn !== edit.arn,
        ),
      };
    case 'attachCustomerManagedPolicy':
      return {
        ...set,
        customerManagedPolicies: [
          ...without(set, edit),
          { name: edit.name, path: edit.path },
        ],
      };
    case 'detachCustomerManagedPolicy':
      return { ...set, customerManagedPolicies: without(set, edit) };
    case 'putInlinePolicy':
      return { ...set, inlinePolicy: edit.policy };
    case 'deleteInlinePolicy':
      return { ...set, inlinePolicy: null };
    case 'putPermissionsBoundary':
      return { ...set, permissionsBoundary: edit.boundary };
    case 'deletePermissionsBoundary':
      return { ...set, permissionsBoundary: null };
    case 'tag':
      return { ...set, tags: { ...set.tags, ...edit.tags } };
    default:
      return {
        ...set,
        tags: Object.fromEntries(
          Object.entries(set.tags).filter(([key]) => !edit.keys.includes(key)),
        ),
      };
  }
}

function without(
  set: PermissionSetDocument,
  policy: { name: string; path: string },
): PermissionSetDocument['customerManagedPolicies'] {
  return set.customerManagedPolicies.filter(
    ({ name, path }) => name !== policy.name || path !== policy.path,
  );
}
