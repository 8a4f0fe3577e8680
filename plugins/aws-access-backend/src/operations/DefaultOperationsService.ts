import { InputError, NotFoundError } from '@backstage/errors';
import {
  OperationsResponse,
  ORGANIZATION_HEALTH,
  OrganizationOperations,
  ReleaseLeaversInput,
  ReleaseMandateInput,
  WriteStopKind,
} from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import { hostname } from 'node:os';
import { Caller } from '../authorization/Viewer';
import { tellOfStop, tellOfStopEnd } from '../awareness/tellOfWrites';
import { CredentialsReport } from '../clouds/CredentialsCheck';
import { ThrottlingReport } from '../clouds/DefaultCloudsProvider';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { releaseLeavers } from '../leases/holdLeavers';
import { releaseMandate } from '../mandates/holdMandate';
import { RootStores } from '../database/Stores';
import { OrganizationsService } from '../organizations/OrganizationsService';
import { describeCredentials } from './describeCredentials';
import { LiveAccessStore } from './LiveAccessStore';
import { OperationsService } from './OperationsService';
import { OperationsStore } from './OperationsStore';

/** Most requests of a kind that are listed: the first ones are to be looked at first. */
const MOST_LISTED = 100;

/** A stop of a week is no stop but a decision about the configuration: `writes: off`. */
const LONGEST_STOP = Duration.fromObject({ days: 7 });

/** What the operators' view is put together from. */
export interface DefaultOperationsOptions {
  config: AwsAccessConfig;
  stores: RootStores;
  operations: OperationsStore;
  liveAccess: LiveAccessStore;
  organizations: OrganizationsService;
  /** What this replica has found of the credentials, without looking now. */
  credentials: (organizationId: string) => CredentialsReport | undefined;
  /** How calls of this replica to the clouds go. */
  throttling: (organizationId: string) => ThrottlingReport;
  /** The name under which this replica claims organizations. */
  owner: string;
  /** Called when writes go on. */
  wakeEngine: (organizationId: string) => void;
}

/** Puts the tables' counts beside the organizations' health. */
export class DefaultOperationsService implements OperationsService {
  readonly #config: AwsAccessConfig;
  readonly #stores: RootStores;
  readonly #operations: OperationsStore;
  readonly #liveAccess: LiveAccessStore;
  readonly #organizations: OrganizationsService;
  readonly #credentials: DefaultOperationsOptions['credentials'];
  readonly #throttling: DefaultOperationsOptions['throttling'];
  readonly #owner: string;
  readonly #wakeEngine: (organizationId: string) => void;

  constructor(options: DefaultOperationsOptions) {
    this.#config = options.config;
    this.#stores = options.stores;
    this.#operations = options.operations;
    this.#liveAccess = options.liveAccess;
    this.#organizations = options.organizations;
    this.#credentials = options.credentials;
    this.#throttling = options.throttling;
    this.#owner = options.owner;
    this.#wakeEngine = options.wakeEngine;
  }

  async describe(_caller: Caller): Promise<OperationsResponse> {
    const { items: organizations } = await this.#organizations.list();
    const items = await Promise.all(
      organizations.map(async organization => {
        const { id } = organization;
        const [stops, worker, queue, stuck, overdue, held, leavers, done] =
          await Promise.all([
            this.#stores.writeStops.listLive(id),
            this.#operations.getWorker(id, this.#owner),
            this.#operations.countQueue(id),
            this.#operations.listStuck(id, MOST_LISTED),
            this.#operations.listOverdue(id, MOST_LISTED),
            this.#operations.listHeld(id, MOST_LISTED),
            this.#stores.heldLeavers.get(id),
            this.#stores.writeLimits.count(id),
          ]);
        const config = this.#config.organizations[id];
        const { writesPerHour, removalsPerHour } = config.limits;
        const limits = {
          writes: { done: done.writes, limit: writesPerHour },
          removals: { done: done.removals, limit: removalsPerHour },
        };
        return {
          organization,
          credentials: describeCredentials(config, this.#credentials(id)),
          stops,
          worker,
          queue,
          stuck,
          overdue,
          held,
          heldLeavers:
            leavers && !leavers.releasedAt
              ? { people: leavers.people.length, since: leavers.since }
              : null,
          limits,
          throttling: {
            replica: `${hostname()}, process ${process.pid}`,
            ...this.#throttling(id),
          },
        };
      }),
    );
    items.sort(byHealth);
    const liveAccess = await this.#liveAccess.list();
    return {
      asOf: await this.#stores.now(),
      items,
      unconfigured: liveAccess
        .filter(
          ({ organizationId }) =>
            !Object.hasOwn(this.#config.organizations, organizationId),
        )
        .map(({ organizationId, requests, overdueRequests }) => ({
          id: organizationId,
          requests,
          overdueRequests,
        })),
      canStopWrites: true,
    };
  }

  async stopWrites(
    organizationId: string,
    input: Parameters<OperationsService['stopWrites']>[1],
    caller: Caller,
  ): Promise<OperationsResponse> {
    await this.#demandKnown(organizationId);
    const { kind, reason } = input;
    const duration = Duration.fromISO(input.duration);
    if (duration > LONGEST_STOP) {
      throw new InputError(
        'duration: must be at most P7D; for longer set writes: off in the configuration',
      );
    }
    await this.#stores.transaction(async stores => {
      const stop = await stores.writeStops.stop(organizationId, {
        kind,
        reason,
        stoppedBy: caller.userRef,
        seconds: duration.as('seconds'),
      });
      await stores.audit.append({
        organizationId,
        kind: 'operations.writes-stopped',
        actor: caller.userRef,
        requestId: null,
        data: { kind, until: stop.until },
      });
      await tellOfStop(stores, organizationId, stop, caller.displayName);
    });
    return this.describe(caller);
  }

  async goOnWriting(
    organizationId: string,
    caller: Caller,
  ): Promise<OperationsResponse> {
    await this.#demandKnown(organizationId);
    await this.#stores.transaction(async stores => {
      const done = await stores.writeLimits.count(organizationId);
      await stores.writeLimits.startAnew(organizationId);
      await stores.audit.append({
        organizationId,
        kind: 'operations.writes-go-on',
        actor: caller.userRef,
        requestId: null,
        data: { ...done },
      });
    });
    this.#wakeEngine(organizationId);
    return this.describe(caller);
  }

  async releaseMandate(
    organizationId: string,
    input: ReleaseMandateInput,
    caller: Caller,
  ): Promise<OperationsResponse> {
    await this.#demandKnown(organizationId);
    const held = await this.#operations.listHeld(organizationId, MOST_LISTED);
    if (!held.some(({ mandateId }) => mandateId === input.mandateId)) {
      throw new NotFoundError('There is no such mandate that waits');
    }
    await releaseMandate(this.#stores, { ...input, actorRef: caller.userRef });
    this.#wakeEngine(organizationId);
    return this.describe(caller);
  }

  async releaseLeavers(
    organizationId: string,
    { people }: ReleaseLeaversInput,
    caller: Caller,
  ): Promise<OperationsResponse> {
    await this.#demandKnown(organizationId);
    await releaseLeavers(this.#stores, {
      organizationId,
      people,
      actorRef: caller.userRef,
    });
    this.#wakeEngine(organizationId);
    return this.describe(caller);
  }

  async resumeWrites(
    organizationId: string,
    kind: WriteStopKind,
    caller: Caller,
  ): Promise<OperationsResponse> {
    await this.#demandKnown(organizationId);
    await this.#stores.transaction(async stores => {
      if (!(await stores.writeStops.resume(organizationId, kind))) {
        throw new NotFoundError(
          `Nothing of the kind '${kind}' is stopped in ${organizationId}; it may have ended by itself`,
        );
      }
      await stores.audit.append({
        organizationId,
        kind: 'operations.writes-resumed',
        actor: caller.userRef,
        requestId: null,
        data: { kind },
      });
      await tellOfStopEnd(stores, organizationId, kind, caller.displayName);
    });
    this.#wakeEngine(organizationId);
    return this.describe(caller);
  }

  async #demandKnown(organizationId: string): Promise<void> {
    const { items } = await this.#organizations.list();
    if (!items.some(({ id }) => id === organizationId)) {
      throw new NotFoundError(
        `No organization '${organizationId}' is configured`,
      );
    }
  }
}

/** The worst first; those that are alike as they are configured. */
function byHealth(one: OrganizationOperations, other: OrganizationOperations) {
  const rank = ({ organization }: OrganizationOperations) =>
    ORGANIZATION_HEALTH.indexOf(organization.health);
  return rank(one) - rank(other);
}
