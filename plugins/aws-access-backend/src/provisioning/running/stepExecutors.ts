import { PlanStepKind } from 'backstage-plugin-aws-access-common';
import { StepExecutor } from './StepExecutor';
import { assignGroupToEnterpriseApplication } from '../executors/assignGroupToEnterpriseApplication';
import { awaitIdentityStoreGroup } from '../executors/awaitIdentityStoreGroup';
import { awaitIdentityStoreUsers } from '../executors/awaitIdentityStoreUsers';
import { ensureAccessGroup } from '../executors/ensureAccessGroup';
import { ensureAssignment } from '../executors/ensureAssignment';
import { ensureMembers } from '../executors/ensureMembers';
import { ensurePermissionSet } from '../executors/ensurePermissionSet';
import { provisionOnDemand } from '../executors/provisionOnDemand';
import { provisionPermissionSet } from '../executors/provisionPermissionSet';
import { removeAccessGroup } from '../executors/removeAccessGroup';
import { removeApplicationAssignment } from '../executors/removeApplicationAssignment';
import { removeAssignment } from '../executors/removeAssignment';
import { removeMembers } from '../executors/removeMembers';
import { removePermissionSet } from '../executors/removePermissionSet';
import { verify } from '../executors/verify';
import { verifyGone } from '../executors/verifyGone';

/** Who carries out which kind of step. */
export const stepExecutors: Record<PlanStepKind, StepExecutor> = {
  ensureAccessGroup,
  ensureMembers,
  assignGroupToEnterpriseApplication,
  provisionOnDemand,
  awaitIdentityStoreGroup,
  awaitIdentityStoreUsers,
  ensurePermissionSet,
  provisionPermissionSet,
  ensureAssignment,
  verify,
  removeAssignment,
  removeMembers,
  removeApplicationAssignment,
  removeAccessGroup,
  removePermissionSet,
  verifyGone,
};
