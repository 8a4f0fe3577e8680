import { NotFoundError } from '@backstage/errors';
import {
  AccessEntry,
  AccountRef,
  INVENTORY_PARTS,
  InventoryPart,
  ParsedCheckPermissionSetInput,
  PermissionSetDetail,
  PermissionSetHistory,
  PermissionSetQuery,
} from 'backstage-plugin-aws-access-common';
import { AuthorizedAccessService } from '../authorization/AuthorizedAccessService';
import { Caller, readsEverything } from '../authorization/Viewer';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { accessLevelOf } from '../iam/accessLevelOf';
import { effectiveAccess } from '../iam/effectiveAccess';
import { Inventory } from '../inventory/Inventory';
import { InventoryPermissionSet } from '../inventory/InventoryStore';
import { readFreshness } from '../inventory/readFreshness';
import { selectOrganizations } from '../organizations/selectOrganizations';
import { isProtectedPermissionSet } from '../planning/problems/protectedReason';
import { RequestService } from '../requests/RequestService';
import { checkPermissionSet } from './checkPermissionSet';
import { findSetFindings } from './findSetFindings';
import { DefaultPermissionSetUses } from './DefaultPermissionSetUses';
import { findSetVerdict, VerdictStores } from './findSetVerdict';
import { PermissionSetService } from './PermissionSetService';
import { policySize } from './policySize';
import { readableHolders } from './readableHolders';

/** The requests that the page of a permission set names. */
const MOST_HISTORY = 20;

/** What the page rests on: everything but the enterprise application. */
const NEEDED: InventoryPart[] = INVENTORY_PARTS.filter(
  part => part !== 'enterpriseApplication',
);

/** Answers from the stored inventory; no call to a cloud. */
export class DefaultPermissionSetService implements PermissionSetService {
  readonly #organizations: Record<string, OrganizationConfig>;
  readonly #inventory: Inventory;
  readonly #access: AuthorizedAccessService;
  readonly #requests: Pick<RequestService, 'list'>;
  readonly #uses: DefaultPermissionSetUses;
  readonly #stores: VerdictStores;
  readonly #now: () => Promise<string>;

  constructor(options: {
    organizations: Record<string, OrganizationConfig>;
    inventory: Inventory;
    /** Gives each caller what they may read. */
    access: AuthorizedAccessService;
    /** The same. */
    requests: Pick<RequestService, 'list'>;
    uses: DefaultPermissionSetUses;
    stores: VerdictStores;
    /** The database's present moment. */
    now: () => Promise<string>;
  }) {
    this.#organizations = options.organizations;
    this.#inventory = options.inventory;
    this.#access = options.access;
    this.#requests = options.requests;
    this.#uses = options.uses;
    this.#stores = options.stores;
    this.#now = options.now;
  }

  async get(
    query: PermissionSetQuery,
    caller: Caller,
  ): Promise<PermissionSetDetail> {
    const { organizationId, set } = await this.#find(query);
    const { arn, name, document, documentDigest } = set;
    const [holders, history, freshness, outdated, verdict] = await Promise.all([
      readableHolders(this.#access, { organizationId, arn }, caller),
      this.#historyOf(organizationId, name, caller),
      this.#freshness(organizationId),
      this.#inventory.rollouts.getOutdatedAccountIds(organizationId, arn),
      findSetVerdict(this.#stores, organizationId, arn),
    ]);
    const accounts = accountsOf(holders);
    return {
      ...document,
      organizationId,
      arn,
      name,
      accessLevel: accessLevelOf(document).level,
      isProtected: isProtectedPermissionSet(
        set,
        this.#organizations[organizationId],
      ),
      verdict,
      documentDigest,
      effectiveAccess: effectiveAccess(document),
      findings: findSetFindings(arn, document),
      size: policySize(document.inlinePolicy),
      seesEverybody: readsEverything(caller),
      accounts,
      holders,
      // That it is in an account is for whom it concerns, as who has it there.
      outdatedAccounts:
        outdated && accounts.filter(({ id }) => outdated.includes(id)),
      history,
      freshness,
    };
  }

  async listUses(caller: Caller) {
    return this.#uses.list(caller);
  }

  async check(input: ParsedCheckPermissionSetInput) {
    return checkPermissionSet(input);
  }

  async #find({ organizationId: asked, name }: PermissionSetQuery): Promise<{
    organizationId: string;
    set: InventoryPermissionSet;
  }> {
    for (const organizationId of selectOrganizations(
      this.#organizations,
      asked,
    )) {
      const set = name.startsWith('arn:')
        ? await this.#inventory.store.getPermissionSet(organizationId, name)
        : await this.#inventory.records.findPermissionSetByName(
            organizationId,
            name,
          );
      if (set) return { organizationId, set };
    }
    throw new NotFoundError(`There is no permission set '${name}'`);
  }

  async #historyOf(
    organizationId: string,
    name: string,
    caller: Caller,
  ): Promise<PermissionSetHistory[]> {
    const { items } = await this.#requests.list(
      {
        view: 'all',
        limit: MOST_HISTORY,
        permissionSet: { organizationId, name },
      },
      caller,
    );
    return items.map(({ id, number, state, isDone, title, createdAt }) => ({
      requestId: id,
      requestNumber: number,
      state,
      isDone,
      title,
      submittedAt: createdAt,
    }));
  }

  #freshness(organizationId: string) {
    return readFreshness(
      {
        inventory: this.#inventory,
        organizations: this.#organizations,
        now: this.#now,
      },
      [organizationId],
      NEEDED,
    );
  }
}

function accountsOf(entries: AccessEntry[]): AccountRef[] {
  return [
    ...new Map(entries.map(({ account }) => [account.id, account])).values(),
  ].sort((one, other) => one.name.localeCompare(other.name, 'en'));
}
