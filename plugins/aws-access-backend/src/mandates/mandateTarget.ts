import { newPermissionSetArn } from 'backstage-plugin-aws-access-common';
import { StepRow } from '../provisioning/stores/StepStore';
import { MandateRow } from './MandateStore';

/** The objects of a mandate by their immutable ids. */
export interface MandateTarget {
  entraGroupId: string;
  /** Empty for a team. */
  permissionSetArn: string;
}

/**
 * What the mandate is about, now that its request's steps have found the ids of
 * what they made. Pure.
 *
 * @param steps - of the mandate's request
 */
export function mandateTarget(
  mandate: MandateRow,
  steps: StepRow[],
): MandateTarget {
  const { accessGroup } = mandate.document;
  const grants = steps.filter(({ phase }) => phase === 'grant');
  const found = grants.find(
    ({ kind, input }) =>
      kind === 'ensureAccessGroup' && input.groupKey === accessGroup,
  )?.result?.entraGroupId;
  const entraGroupId = typeof found === 'string' ? found : accessGroup;
  if (mandate.kind === 'team') return { entraGroupId, permissionSetArn: '' };

  const { permissionSetArn } = mandate.document;
  const made = grants.find(
    ({ kind, input }) =>
      kind === 'ensurePermissionSet' &&
      newPermissionSetArn(String(input.permissionSetKey)) === permissionSetArn,
  )?.result?.permissionSetArn;
  return {
    entraGroupId,
    permissionSetArn: typeof made === 'string' ? made : permissionSetArn,
  };
}
