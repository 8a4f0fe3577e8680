import {
  AwsAccessApproverResolver,
  AwsAccessPolicy,
  AwsAccessPolicyExtensionPoint,
} from 'backstage-plugin-aws-access-node';
import { PolicyConfig } from '../config/policySchema';

const NAME = /^[a-z][a-zA-Z0-9-]{0,39}$/;

/** What modules have added: policies and approver resolvers. */
export class PolicyExtensions implements AwsAccessPolicyExtensionPoint {
  readonly policies: AwsAccessPolicy[] = [];
  readonly resolvers = new Map<string, AwsAccessApproverResolver>();

  addPolicy(policy: AwsAccessPolicy): void {
    this.policies.push(policy);
  }

  addApproverResolver(resolver: AwsAccessApproverResolver): void {
    const { name } = resolver;
    if (!NAME.test(name)) {
      throw new Error(
        `'${name}' is no name for an approver resolver: use letters, digits and dashes`,
      );
    }
    if (this.resolvers.has(name)) {
      throw new Error(`There is an approver resolver '${name}' already`);
    }
    this.resolvers.set(name, resolver);
  }

  /**
   * A rule that names a resolver which nobody added would ask nobody.
   *
   * @throws Error that names it; it stops the start
   */
  refuseUnknown(policy: PolicyConfig): void {
    const stages = policy.rules.flatMap(rule => rule.require ?? []);
    if (policy.defaultStage) stages.push(policy.defaultStage);
    if (policy.defaultStageWithoutAccounts) {
      stages.push(policy.defaultStageWithoutAccounts);
    }
    for (const source of stages.flatMap(({ approvers }) => approvers)) {
      const name = source.startsWith('resolver:') ? source.slice(9) : null;
      if (name !== null && !this.resolvers.has(name)) {
        throw new Error(
          `awsAccess.policy: asks '${source}' for approvers, and no module has added such a resolver`,
        );
      }
    }
  }
}
