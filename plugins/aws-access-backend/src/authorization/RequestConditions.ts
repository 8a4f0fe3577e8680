import {
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  PermissionCriteria,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  ConditionTransformer,
  createConditionTransformer,
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import {
  awsAccessRequestPermissions,
  RESOURCE_TYPE_AWS_ACCESS_REQUEST,
} from 'backstage-plugin-aws-access-common';
import {
  awsAccessRequestResourceRef,
  awsAccessRequestRules,
  AwsAccessRequestResource,
  AwsAccessRequestTerm,
} from 'backstage-plugin-aws-access-node';
import { Stores } from '../database/Stores';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { findOwningPeople } from '../facts/findOwningPeople';
import { PersonDirectory } from '../people/PersonDirectory';
import { Caller } from './Viewer';

type RequestPermission = ResourcePermission<
  typeof RESOURCE_TYPE_AWS_ACCESS_REQUEST
>;
type Criteria = PermissionCriteria<AwsAccessRequestTerm>;

/**
 * What the portal's permission policy says of requests, conditions included, as
 * a filter of the database. It only narrows: the plugin's own rules are asked
 * beside it, always (security rule 12).
 */
export class RequestConditions {
  readonly #stores: Pick<Stores, 'requests' | 'inventory'>;
  readonly #accounts: AccountFactsReader;
  readonly #directory: PersonDirectory;
  readonly #permissions: PermissionsService;
  readonly #transform: ConditionTransformer<AwsAccessRequestTerm>;

  constructor(options: {
    stores: Pick<Stores, 'requests' | 'inventory'>;
    accounts: AccountFactsReader;
    directory: PersonDirectory;
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
  }) {
    this.#stores = options.stores;
    this.#accounts = options.accounts;
    this.#directory = options.directory;
    this.#permissions = options.permissions;
    const rules = Object.values(awsAccessRequestRules);
    options.permissionsRegistry.addResourceType({
      resourceRef: awsAccessRequestResourceRef,
      permissions: awsAccessRequestPermissions,
      rules,
      getResources: ids => Promise.all(ids.map(id => this.#resource(id))),
    });
    this.#transform = createConditionTransformer(
      options.permissionsRegistry.getPermissionRuleset(
        awsAccessRequestResourceRef,
      ),
    );
  }

  /** The requests that the policy allows the permission on. */
  async matching(
    permission: RequestPermission,
    caller: Caller,
  ): Promise<Criteria | 'all' | 'none'> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials: caller.credentials },
    );
    if (decision.result === AuthorizeResult.ALLOW) return 'all';
    if (decision.result !== AuthorizeResult.CONDITIONAL) return 'none';
    return this.#resolve(this.#transform(decision.conditions), caller);
  }

  /** True when the policy allows the permission on the request. */
  async allows(
    permission: RequestPermission,
    id: string,
    caller: Caller,
  ): Promise<boolean> {
    const matching = await this.matching(permission, caller);
    if (matching === 'all' || matching === 'none') return matching === 'all';
    const found = await this.#stores.requests.list({ id, matching, limit: 1 });
    return found.length === 1;
  }

  /** @throws NotAllowedError when the policy does not allow it */
  async demand(
    permission: RequestPermission,
    id: string,
    caller: Caller,
  ): Promise<void> {
    if (!(await this.allows(permission, id, caller))) {
      throw new NotAllowedError(
        `The permission policy of this portal does not allow you '${permission.name}'`,
      );
    }
  }

  /** Who owns an account is known to the inventory and the catalog, not to SQL. */
  async #resolve(criteria: Criteria, caller: Caller): Promise<Criteria> {
    const all = (each: Criteria[]) =>
      Promise.all(each.map(one => this.#resolve(one, caller)));
    if (isAndCriteria(criteria)) {
      return { allOf: await all(criteria.allOf) } as Criteria;
    }
    if (isOrCriteria(criteria)) {
      return { anyOf: await all(criteria.anyOf) } as Criteria;
    }
    if (isNotCriteria(criteria)) {
      return { not: await this.#resolve(criteria.not, caller) };
    }
    if (criteria.field !== 'accountOwner') return criteria;
    const owned = await Promise.all(
      criteria.values.map(ref =>
        this.#accounts.listOwnedBy(ref, caller.directory),
      ),
    );
    return { field: 'account', values: [...new Set(owned.flat())] };
  }

  async #resource(id: string): Promise<AwsAccessRequestResource | undefined> {
    const { requests } = this.#stores;
    const row = await requests.get(id);
    if (!row) return undefined;
    const { plan } = await requests.getPlan(id, row.planVersion);
    const accountIds = plan.accounts.map(account => account.id);
    const decisions = await requests.listDecisions(id, row.planVersion);
    return {
      requesterRef: row.requesterRef,
      teamRef: row.teamRef,
      state: row.state,
      gainingRefs: await requests.listGaining(id, row.planVersion),
      approverRefs: [
        ...(await requests.listAsked(id, row.planVersion)),
        ...decisions.map(decision => decision.entityRef),
      ],
      accountIds,
      accountOwnerRefs: await this.#owners(row.organizationId, accountIds),
    };
  }

  async #owners(organizationId: string, accountIds: string[]) {
    const facts = await this.#accounts.factsOf(
      organizationId,
      await this.#stores.inventory.getAccounts(organizationId, accountIds),
    );
    const refs = [...facts.values()].flatMap(({ owners }) =>
      owners.known ? owners.value : [],
    );
    return findOwningPeople(refs, this.#directory);
  }
}
