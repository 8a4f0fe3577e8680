import {
  exampleClouds,
  exampleFoundedAt,
  examplePermissionSets,
} from '../seed';
import type { SandboxStore } from '../store/SandboxStore';
import type { GeneratedTeams } from './GeneratedTeams';
import { SeededRandom } from './SeededRandom';

/** A permission set as assignments need it. */
export interface GeneratedPermissionSet {
  readonly arn: string;
  readonly name: string;
  /** How often it was changed; accounts may still have an older one. */
  readonly revision: number;
}

/** One set in so many was changed after it had been provisioned. */
const CHANGED_EVERY = 50;

/** What can be provisioned everywhere: customer managed policies would have to be in the account first. */
const models = examplePermissionSets.filter(
  ({ customerManagedPolicies }) => !customerManagedPolicies?.length,
);

/**
 * Writes permission sets that vary the example company's.
 *
 * @returns all that may be assigned, the example company's first
 */
export function generatePermissionSets(
  store: SandboxStore,
  teams: GeneratedTeams,
  seed: number,
): GeneratedPermissionSet[] {
  const random = new SeededRandom(`${seed}/permission-sets`);
  const ids = Array.from({ length: teams.added.permissionSets }, () =>
    random.hexDigits(16),
  ).sort();
  const sets = ids.map((id, index) => {
    const model = models[index % models.length];
    return {
      model,
      arn: `arn:aws:sso:::permissionSet/${exampleClouds.aws.instanceId}/ps-${id}`,
      name: `${model.name}-${String(index + 1).padStart(4, '0')}`,
      revision: index % CHANGED_EVERY === CHANGED_EVERY - 1 ? 2 : 1,
    };
  });
  store.insertMany(
    'aws_permission_sets',
    [
      'arn',
      'name',
      'description',
      'session_duration',
      'relay_state',
      'inline_policy',
      'permissions_boundary_json',
      'revision',
      'created_at',
    ],
    sets.map(({ model, arn, name, revision }) => [
      arn,
      name,
      model.description,
      model.sessionDuration,
      model.relayState ?? null,
      model.inlinePolicy ? JSON.stringify(model.inlinePolicy) : null,
      model.permissionsBoundaryArn
        ? JSON.stringify({ ManagedPolicyArn: model.permissionsBoundaryArn })
        : null,
      revision,
      exampleFoundedAt,
    ]),
  );
  store.insertMany(
    'aws_managed_policy_attachments',
    ['permission_set_arn', 'policy_arn', 'policy_name'],
    sets.flatMap(({ arn, model }) =>
      model.managedPolicyArns.map(policyArn => [
        arn,
        policyArn,
        policyArn.split('/').pop()!,
      ]),
    ),
  );
  store.insertMany(
    'aws_resource_tags',
    ['resource_id', 'key', 'value'],
    sets.flatMap(({ arn, model }) =>
      Object.entries(model.tags).map(([key, value]) => [arn, key, value]),
    ),
  );
  return [
    ...models.map(({ arn, name }) => ({ arn, name, revision: 1 })),
    ...sets,
  ];
}
