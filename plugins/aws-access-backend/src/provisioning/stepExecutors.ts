import { PlanStepKind } from 'backstage-plugin-aws-access-common';
import { StepExecutor } from './StepExecutor';
import { assignGroupToEnterpriseApplication } from './executors/assignGroupToEnterpriseApplication';
import { awaitIdentityStoreGroup } from './executors/awaitIdentityStoreGroup';
import { ensureAccessGroup } from './executors/ensureAccessGroup';
import { ensureAssignment } from './executors/ensureAssignment';
import { ensureMembers } from './executors/ensureMembers';
import { provisionOnDemand } from './executors/provisionOnDemand';
import { removeAccessGroup } from './executors/removeAccessGroup';
import { removeApplicationAssignment } from './executors/removeApplicationAssignment';
import { removeAssignment } from './executors/removeAssignment';
import { removeMembers } from './executors/removeMembers';
import { verify } from './executors/verify';
import { verifyGone } from './executors/verifyGone';

/** Who carries out which kind of step. */
export const stepExecutors: Record<PlanStepKind, StepExecutor> = {
  ensureAccessGroup,
  ensureMembers,
  assignGroupToEnterpriseApplication,
  provisionOnDemand,
  awaitIdentityStoreGroup,
  ensureAssignment,
  verify,
  removeAssignment,
  removeMembers,
  removeApplicationAssignment,
  removeAccessGroup,
  verifyGone,
};
