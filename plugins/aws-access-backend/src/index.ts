/**
 * The AWS access backend: approvals, provisioning, leases and inventory.
 *
 * @packageDocumentation
 */
export { awsAccessPlugin as default } from './plugin';
export { runPolicyTestCommand } from './policyTests/runPolicyTestCommand';
