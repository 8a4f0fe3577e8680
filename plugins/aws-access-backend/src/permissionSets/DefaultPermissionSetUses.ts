import {
  InventoryPart,
  PermissionSetUsesResponse,
} from 'backstage-plugin-aws-access-common';
import { AuthorizedAccessService } from '../authorization/AuthorizedAccessService';
import { Caller, readsEverything } from '../authorization/Viewer';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { Inventory } from '../inventory/Inventory';
import { readFreshness } from '../inventory/readFreshness';
import { countReadableUses } from './countReadableUses';
import { findSetFindings } from './findSetFindings';

/** What the numbers rest on. */
const NEEDED: InventoryPart[] = [
  'permissionSets',
  'assignments',
  'identityStore',
];

/** AWS allows 3,500 permission sets in an instance. */
const MOST_SETS = 4_000;

const NOWHERE = { accounts: 0, groups: 0, people: 0 };

/** Where permission sets are used, in numbers, and what in them is worth an eye. */
export class DefaultPermissionSetUses {
  readonly #organizations: Record<string, OrganizationConfig>;
  readonly #inventory: Inventory;
  readonly #access: AuthorizedAccessService;
  readonly #accounts: Pick<AccountFactsReader, 'listOwnedBy'>;
  readonly #now: () => Promise<string>;

  constructor(options: {
    organizations: Record<string, OrganizationConfig>;
    inventory: Inventory;
    /** Gives each caller what they may read. */
    access: AuthorizedAccessService;
    accounts: Pick<AccountFactsReader, 'listOwnedBy'>;
    /** The database's present moment. */
    now: () => Promise<string>;
  }) {
    this.#organizations = options.organizations;
    this.#inventory = options.inventory;
    this.#access = options.access;
    this.#accounts = options.accounts;
    this.#now = options.now;
  }

  async list(caller: Caller): Promise<PermissionSetUsesResponse> {
    const { store } = this.#inventory;
    const ids = Object.keys(this.#organizations);
    const items: PermissionSetUsesResponse['items'] = [];
    for (const organizationId of ids) {
      const [sets, counts] = await Promise.all([
        store.pagePermissionSets(organizationId, { limit: MOST_SETS }),
        this.#count(organizationId, caller),
      ]);
      const byArn = new Map(counts.map(one => [one.permissionSetArn, one]));
      for (const { arn, document } of sets.items) {
        const { accounts, groups, people } = byArn.get(arn) ?? NOWHERE;
        items.push({
          organizationId,
          arn,
          accounts,
          groups,
          people,
          findings: findSetFindings(arn, document).map(
            ({ id, severity, title }) => ({ id, severity, title }),
          ),
        });
      }
    }
    return {
      items,
      seesEverybody: readsEverything(caller),
      freshness: await readFreshness(
        {
          inventory: this.#inventory,
          organizations: this.#organizations,
          now: this.#now,
        },
        ids,
        NEEDED,
      ),
    };
  }

  async #count(organizationId: string, caller: Caller) {
    const { records } = this.#inventory;
    return readsEverything(caller)
      ? records.countAssigned(organizationId)
      : countReadableUses(
          { access: this.#access, accounts: this.#accounts, records },
          organizationId,
          caller,
        );
  }
}
