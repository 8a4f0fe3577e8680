import { ServiceUnavailableError } from '@backstage/errors';
import { Plan } from 'backstage-plugin-aws-access-common';
import { setTimeout as delay } from 'node:timers/promises';
import { CloudError } from '../clouds/CloudError';
import { EntraUser } from '../clouds/EntraCloud';
import { CloudsProvider } from '../clouds/OrganizationClouds';
import { forEachConcurrently } from '../clouds/forEachConcurrently';

/** Beyond so many people one list is quicker than a call for each. */
const MOST_SINGLE_READS = 200;
/** Milliseconds that somebody who decides waits for Entra. */
const PATIENCE_MS = 10_000;

/** Why somebody should not give or get access now. */
export interface DisabledPerson {
  entraUserId: string;
  /** One plain sentence. */
  reason: string;
}

/**
 * Asks Entra itself whether people are enabled, for plans that are risky
 * (security rule 9): the catalog and the inventory may be an hour old.
 */
export class LivePeople {
  readonly #clouds: CloudsProvider;
  readonly #patienceMs: number;

  constructor(options: { clouds: CloudsProvider; patienceMs?: number }) {
    this.#clouds = options.clouds;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
  }

  /**
   * Who of the people is not enabled now. Nobody is asked about for a plan that
   * is not risky.
   *
   * @throws CloudError when Entra cannot be asked
   */
  async findDisabled(
    organizationId: string,
    plan: Plan,
    entraUserIds: Iterable<string>,
  ): Promise<DisabledPerson[]> {
    const ids = isRisky(plan) ? [...new Set(entraUserIds)] : [];
    const users = await this.#read(organizationId, ids);
    return ids
      .filter(id => !users.get(id)?.accountEnabled)
      .map(entraUserId => ({
        entraUserId,
        reason: describe(
          plan.people.find(person => person.entraUserId === entraUserId)
            ?.displayName ??
            users.get(entraUserId)?.displayName ??
            entraUserId,
          users.has(entraUserId),
        ),
      }));
  }

  /**
   * The same for somebody who waits for the answer.
   *
   * @throws ServiceUnavailableError when Entra cannot be asked now
   */
  async findDisabledNow(
    ...asked: Parameters<LivePeople['findDisabled']>
  ): Promise<DisabledPerson[]> {
    const answered = new AbortController();
    try {
      return await Promise.race([
        this.findDisabled(...asked),
        delay(this.#patienceMs, undefined, { signal: answered.signal }).then(
          () => Promise.reject(cannotDecide('it does not answer')),
        ),
      ]);
    } catch (error) {
      throw error instanceof CloudError ? cannotDecide(error.message) : error;
    } finally {
      answered.abort();
    }
  }

  async #read(
    organizationId: string,
    ids: string[],
  ): Promise<Map<string, EntraUser>> {
    const users = new Map<string, EntraUser>();
    if (ids.length === 0) return users;
    const { entra } = this.#clouds.forOrganization(organizationId);
    if (ids.length <= MOST_SINGLE_READS) {
      await forEachConcurrently(ids, async id => {
        const user = await entra.getUser(id);
        if (user) users.set(id, user);
      });
      return users;
    }
    const wanted = new Set(ids);
    for await (const page of entra.listUsers()) {
      for (const user of page) {
        if (wanted.has(user.userId)) users.set(user.userId, user);
      }
      if (users.size === wanted.size) break;
    }
    return users;
  }
}

/** Everybody who gets something by the plan. */
export function gainersOf(plan: Plan): string[] {
  return [...new Set(plan.gains.map(({ entraUserId }) => entraUserId))];
}

/** What is worth a look at the people themselves: production, or a high finding. */
function isRisky({ accounts, findings }: Plan): boolean {
  return (
    accounts.some(({ environment }) => environment === 'prod') ||
    findings.some(({ severity }) => severity === 'high')
  );
}

function describe(name: string, isThere: boolean): string {
  return isThere
    ? `${name} is disabled in Entra.`
    : `${name} is not in Entra any more.`;
}

function cannotDecide(why: string): ServiceUnavailableError {
  return new ServiceUnavailableError(
    `This cannot be approved now: the request has findings or production accounts, so Entra is asked whether everybody is enabled, and ${why}. Nothing is lost: the request waits, and it can be rejected. Try again in a minute.`,
  );
}
