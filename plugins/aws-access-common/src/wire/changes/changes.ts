import { z } from 'zod';
import {
  accessGroupChangeSchema,
  removeAccessGroupChangeSchema,
} from './accessGroup';
import {
  adoptAccessGroupChangeSchema,
  adoptPermissionSetChangeSchema,
} from './adoption';
import {
  assignmentChangeSchema,
  removeAssignmentChangeSchema,
} from './assignment';
import {
  elevationChangeSchema,
  removeElevationChangeSchema,
} from './elevation';
import {
  membershipChangeSchema,
  removeMembershipChangeSchema,
} from './membership';
import {
  permissionSetChangeSchema,
  removePermissionSetChangeSchema,
} from './permissionSet';

/**
 * One declared piece of a request.
 *
 * @public
 */
export const changeSchema = z.discriminatedUnion('kind', [
  accessGroupChangeSchema,
  membershipChangeSchema,
  elevationChangeSchema,
  permissionSetChangeSchema,
  assignmentChangeSchema,
  removeAccessGroupChangeSchema,
  removeMembershipChangeSchema,
  removeElevationChangeSchema,
  removePermissionSetChangeSchema,
  removeAssignmentChangeSchema,
  adoptAccessGroupChangeSchema,
  adoptPermissionSetChangeSchema,
]);

/** @public */
export type Change = z.infer<typeof changeSchema>;

/** @public */
export type ChangeOf<Kind extends Change['kind']> = Extract<
  Change,
  { kind: Kind }
>;

/**
 * The changes of one request: at most 50 (security rule 33), every reference
 * resolvable, no key twice.
 *
 * @public
 */
export const changesSchema = z
  .array(changeSchema)
  .min(1, 'must contain at least one change')
  .max(50, 'must contain at most 50 changes')
  .superRefine((changes, context) => {
    const refuse = (path: Array<string | number>, message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const keys = new Map<string, Change['kind']>();
    changes.forEach((change, index) => {
      if (change.kind !== 'accessGroup' && change.kind !== 'permissionSet') {
        return;
      }
      if (keys.has(change.key)) {
        refuse(
          [index, 'key'],
          `must be unique: another change already has the key '${change.key}'`,
        );
      }
      keys.set(change.key, change.kind);
    });
    changes.forEach((change, index) => {
      if (change.kind !== 'assignment') return;
      const { accessGroup, permissionSet } = change;
      if (
        'change' in accessGroup &&
        keys.get(accessGroup.change) !== 'accessGroup'
      ) {
        refuse(
          [index, 'accessGroup', 'change'],
          `must be the key of an access group of this request, and none has the key '${accessGroup.change}'`,
        );
      }
      if (
        'change' in permissionSet &&
        keys.get(permissionSet.change) !== 'permissionSet'
      ) {
        refuse(
          [index, 'permissionSet', 'change'],
          `must be the key of a permission set of this request, and none has the key '${permissionSet.change}'`,
        );
      }
    });
  });
