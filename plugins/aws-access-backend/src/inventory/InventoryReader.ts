import { LoggerService } from '@backstage/backend-plugin-api';
import { InventoryPart } from 'backstage-plugin-aws-access-common';
import { CloudError } from '../clouds/CloudError';
import { OrganizationClouds } from '../clouds/OrganizationClouds';
import { AccessRecords } from './AccessRecords';
import { AssignmentsDrafts } from './AssignmentsDraft';
import { AssignmentsReader } from './AssignmentsReader';
import { AwsPartsReader } from './AwsPartsReader';
import { EntraPartsReader } from './EntraPartsReader';
import { InventoryRotation } from './InventoryRotation';
import { InventoryStore } from './InventoryStore';
import { DraftedPart, PartDrafts } from './PartDraft';
import { PermissionSetsReader } from './PermissionSetsReader';
import { RefreshProgress } from './RefreshStore';
import { RolloutStore } from './RolloutStore';

/** Why a part cannot be read, in words that everybody may see. */
export class UnreadableError extends Error {
  constructor(plainWords: string) {
    super(plainWords);
    this.name = 'UnreadableError';
  }
}

/** One refresh of one organization. */
export interface Reading {
  organizationId: string;
  /** The database's time when it began; the age of everything it reads. */
  since: string;
  clouds: OrganizationClouds;
  signal: AbortSignal;
  /** How much of what is read in turns is read in this one, from 0 to 1. */
  shares: { details: number; pairs: number };
  report(progress: RefreshProgress): void;
  /** Called when a part was read to its end, or failed. */
  finished(part: InventoryPart): void;
}

/**
 * Reads both clouds into the inventory, part by part. A part that cannot be
 * read to its end keeps its old rows and their age, and says why: a page that
 * is missing never reads as access that was taken away.
 */
export class InventoryReader {
  readonly #store: InventoryStore;
  readonly #records: AccessRecords;
  readonly #permissionSets: PermissionSetsReader;
  readonly #drafts: AssignmentsDrafts;
  readonly #partDrafts: PartDrafts;
  readonly #logger: LoggerService;

  constructor(options: {
    store: InventoryStore;
    records: AccessRecords;
    rotation: InventoryRotation;
    drafts: AssignmentsDrafts;
    partDrafts: PartDrafts;
    rollouts: RolloutStore;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#records = options.records;
    this.#permissionSets = new PermissionSetsReader(options);
    this.#drafts = options.drafts;
    this.#partDrafts = options.partDrafts;
    this.#logger = options.logger;
  }

  /**
   * Reads everything. The services have a rate each, so their parts are read at
   * the same time.
   *
   * @throws only when the signal aborts it, or the database fails
   */
  async readAll(reading: Reading): Promise<void> {
    const aws = new AwsPartsReader(reading.clouds.aws);
    const entra = new EntraPartsReader(reading.clouds.entra);
    await Promise.all([
      this.#readAccounts(reading, aws),
      this.#readPermissions(reading, aws),
      this.#readDirectories(reading, aws, entra),
    ]);
  }

  /** Marks every given part as failed, for a reason that keeps all of them from being read. */
  async failAll(
    organizationId: string,
    parts: readonly InventoryPart[],
    error: unknown,
  ): Promise<void> {
    for (const part of parts) {
      await this.#fail(organizationId, part, error);
    }
  }

  #readAccounts(reading: Reading, aws: AwsPartsReader) {
    const { organizationId, since } = reading;
    return this.#part(reading, 'accounts', async report => {
      const draft = await this.#partDrafts.begin(organizationId, 'accounts');
      await aws.readAccounts(draft, report);
      const delegated =
        await reading.clouds.aws.listDelegatedAdministratorIds();
      reading.signal.throwIfAborted();
      await this.#store.facts.setDelegatedAdministratorIds(
        organizationId,
        delegated,
      );
      await draft.finish(since);
    });
  }

  async #readPermissions(reading: Reading, aws: AwsPartsReader) {
    const { organizationId, since, signal } = reading;
    let arns: string[] | undefined;
    await this.#part(reading, 'permissionSets', async report => {
      await this.#requirePermissionSets(reading);
      arns = await aws.listPermissionSetArns(report);
      await this.#permissionSets.read(
        arns,
        aws,
        { organizationId, since, signal, share: reading.shares.details },
        report,
      );
    });
    await this.#part(reading, 'assignments', async report => {
      if (!arns)
        throw new UnreadableError(
          'It needs the permission sets, which could not be read',
        );
      // Without the groups every pair is asked, which needs none.
      const groups = await aws.listStoreGroups().catch(() => undefined);
      const draft = await this.#drafts.begin(organizationId);
      await new AssignmentsReader(reading.clouds.aws).read(
        arns,
        groups?.map(({ groupId }) => groupId),
        draft,
        reading.shares.pairs,
        report,
      );
      signal.throwIfAborted();
      await draft.finish(since);
    });
  }

  /**
   * Permission sets that are switched off cannot be listed. That is no proof
   * that the ones we know are gone, so their rows stay.
   */
  async #requirePermissionSets({ organizationId, clouds }: Reading) {
    const { permissionSetsEnabled } = await clouds.aws.describeInstance();
    await this.#store.facts.setPermissionSetsEnabled(
      organizationId,
      permissionSetsEnabled,
    );
    if (!permissionSetsEnabled) {
      throw new UnreadableError(
        'AWS has switched permission sets off in this instance',
      );
    }
  }

  async #readDirectories(
    reading: Reading,
    aws: AwsPartsReader,
    entra: EntraPartsReader,
  ) {
    const { organizationId, since, signal } = reading;
    const begin = (part: DraftedPart) =>
      this.#partDrafts.begin(organizationId, part);
    let assigned: Set<string> | undefined;
    await Promise.all([
      this.#part(reading, 'identityStore', async report => {
        const draft = await begin('identityStore');
        await aws.readIdentityStore(draft, report);
        signal.throwIfAborted();
        await draft.finish(since);
      }),
      this.#part(reading, 'entraUsers', async report => {
        const draft = await begin('entraUsers');
        await entra.readUsers(draft, report);
        signal.throwIfAborted();
        await draft.finish(since);
      }),
      this.#part(reading, 'enterpriseApplication', async report => {
        assigned = await entra.readAssignedGroupIds(report);
        signal.throwIfAborted();
        await this.#store.markRead(
          organizationId,
          'enterpriseApplication',
          since,
        );
      }),
    ]);
    await this.#part(reading, 'entraGroups', async report => {
      if (!assigned)
        throw new UnreadableError(
          'It needs the enterprise application, which could not be read',
        );
      // Where the identity store could not be read, its former groups will do.
      const storeGroups = await this.#records.listStoreGroups(organizationId);
      const draft = await begin('entraGroups');
      await entra.readGroups(
        assigned,
        storeGroups.flatMap(({ externalId }) => externalId ?? []),
        draft,
        report,
      );
      signal.throwIfAborted();
      await draft.finish(since);
    });
  }

  async #part(
    reading: Reading,
    part: InventoryPart,
    read: (
      report: (done: number, total: number | null) => void,
    ) => Promise<void>,
  ): Promise<void> {
    const { organizationId, signal } = reading;
    try {
      signal.throwIfAborted();
      await read((done, total) => {
        // Ends a long reading soon after its claim was lost.
        signal.throwIfAborted();
        reading.report({ part, done, total });
      });
    } catch (error) {
      signal.throwIfAborted();
      await this.#fail(organizationId, part, error);
    }
    reading.finished(part);
  }

  async #fail(
    organizationId: string,
    part: InventoryPart,
    error: unknown,
  ): Promise<void> {
    const known =
      error instanceof CloudError || error instanceof UnreadableError;
    this.#logger.warn(
      `The inventory of ${organizationId} could not read ${part}: ${
        (error as Error).message
      }`,
      error instanceof CloudError
        ? {
            operation: error.operation,
            code: error.code,
            cloudMessage: error.cloudMessage,
          }
        : { stack: (error as Error).stack ?? '' },
    );
    await this.#store.markFailed(
      organizationId,
      part,
      known
        ? (error as Error).message
        : 'An unexpected fault; the log of the backend tells more',
    );
  }
}
