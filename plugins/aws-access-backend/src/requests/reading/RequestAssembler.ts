import {
  FINAL_REQUEST_STATES,
  getRequestFlags,
  isLasting,
  Plan,
  RequestDetail,
  RequestFlags,
  RequestSummary,
} from 'backstage-plugin-aws-access-common';
import { consoleUrl } from '../../access/consoleUrl';
import { PlanReader } from '../../authorization/PlanReader';
import { RequestRelations } from '../../authorization/RequestRelations';
import { Caller, readsCloudMessages } from '../../authorization/Viewer';
import { CredentialsReport } from '../../clouds/CredentialsCheck';
import { AwsAccessConfig } from '../../config/AwsAccessConfig';
import { Stores } from '../../database/Stores';
import { describeFollowUp } from '../../followUps/describeFollowUp';
import { filersOf } from '../filing/filersOf';
import { cloudObjectsOf } from './cloudObjectsOf';
import { namedPeopleOf } from '../../planning/facts/namedPeopleOf';
import { OverlapFinder } from '../filing/OverlapFinder';
import { LeaseRow } from '../../leases/LeaseStore';
import { parentOfPart } from '../../leases/parentOfPart';
import { StepRow } from '../../provisioning/stores/StepStore';
import { RequestRow } from '../stores/RequestStore';
import { readEndedParts } from './readEndedParts';
import { openSessionsUntil } from './openSessionsUntil';
import { endedAccounts } from '../../leases/endedAccounts';
import { endSentence } from '../../wording/endSentence';
import { LoadedRequest } from './RequestLoader';
import { toStages, waitingFor } from '../deciding/toStages';
import { whatGoesOn } from './whatGoesOn';
import { whyHeld } from './whyHeld';

/** Puts together what the API says of a request, for one caller. */
export class RequestAssembler {
  readonly #stores: Stores;
  readonly #relations: RequestRelations;
  readonly #organizations: AwsAccessConfig['organizations'];
  readonly #overlaps: OverlapFinder;
  readonly #plans: PlanReader;
  readonly #credentials: (id: string) => CredentialsReport | undefined;

  constructor(options: {
    stores: Stores;
    relations: RequestRelations;
    organizations: AwsAccessConfig['organizations'];
    overlaps: OverlapFinder;
    plans: PlanReader;
    /** What was found out of an organization's credentials. */
    credentials: (organizationId: string) => CredentialsReport | undefined;
  }) {
    this.#stores = options.stores;
    this.#relations = options.relations;
    this.#organizations = options.organizations;
    this.#overlaps = options.overlaps;
    this.#plans = options.plans;
    this.#credentials = options.credentials;
  }

  async summary(
    loaded: LoadedRequest,
    caller: Caller,
  ): Promise<RequestSummary> {
    const { row, decisions, stages, filled } = loaded;
    const shown = await this.shownPlan(loaded, caller);
    const decided = new Set(decisions.map(decision => decision.personId));
    const nameOf = await this.#namesOf(
      filersOf(row).map(({ userRef }) => userRef),
      caller,
    );
    const goesOn = whatGoesOn(
      loaded,
      await this.#leasesOfParts(loaded),
      nameOf(row.requesterRef),
    );
    return {
      id: row.id,
      number: row.number,
      organizationId: row.organizationId,
      state: row.state,
      stateReason: row.stateReason,
      ...((await this.#isDone(loaded)) && { isDone: true }),
      version: row.version,
      title: row.title,
      ...(goesOn && { goesOn: { title: goesOn.title } }),
      requester: {
        entityRef: row.requesterRef,
        displayName: nameOf(row.requesterRef),
      },
      ...(row.filerRef && {
        filer: {
          entityRef: row.filerRef,
          displayName: nameOf(row.filerRef),
        },
      }),
      team: row.teamRef,
      accounts: shown.accounts,
      permissionSets: shown.permissionSets,
      people: shown.people,
      duration: row.duration,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      startsAt: row.startsAt,
      endsAt: row.endsAt,
      waitingFor:
        row.state === 'pending'
          ? waitingFor(
              toStages(stages, filled, shown, decided).filter(
                stage => stage.isOpen,
              ),
            )
          : [],
      flags: getRequestFlags(
        row.state,
        await this.#relations.relate(loaded, caller),
      ),
    };
  }

  async detail(loaded: LoadedRequest, caller: Caller): Promise<RequestDetail> {
    const { row, plan, decisions, stages, filled } = loaded;
    const shown = await this.shownPlan(loaded, caller);
    const [
      summary,
      steps,
      timeline,
      leases,
      overlaps,
      copyOf,
      extensionOf,
      partOf,
    ] = await Promise.all([
      this.summary(loaded, caller),
      this.#stores.provisioning.listSteps(row.id),
      this.#stores.requests.listTimeline(row.id),
      this.#stores.leases.listOfRequest(row.id),
      FINAL_REQUEST_STATES.includes(row.state)
        ? []
        : this.#overlaps.find(row.organizationId, plan.plan, caller, row.id),
      this.#find(row.copyOf),
      this.#find(row.extensionOf),
      this.#find(parentOfPart(row)),
    ]);
    const parts = await readEndedParts(this.#stores, row, leases, shown);
    const followUp =
      plan.plan.followUp &&
      (await describeFollowUp(this.#stores, row.id, plan.plan.followUp));
    const nameOf = await this.#namesOf(
      [
        ...decisions.map(decision => decision.entityRef),
        ...timeline.flatMap(event => event.actorRef ?? []),
        ...parts.flatMap(part => part.byRef ?? []),
      ],
      caller,
    );
    const decided = new Set(decisions.map(decision => decision.personId));
    const ended = endedAccounts(leases);
    const { goesOn: _, ...summarized } = summary;
    const goesOn = whatGoesOn(loaded, leases, summary.requester.displayName);
    return {
      ...summarized,
      stateReason: (await this.#whyHeld(row, steps, caller)) ?? row.stateReason,
      flags: {
        ...flagsNow(summary.flags, ended, goesOn),
        // A part wishes for nothing.
        ...(partOf && { canResubmit: false }),
      },
      justification: row.justification,
      ticket: row.ticket,
      changes: row.changes,
      plan: shown,
      planVersion: plan.version,
      planDigest: plan.digest,
      findings: shown.findings,
      // Its stages are those of the request that it was part of.
      stages: partOf ? [] : toStages(stages, filled, shown, decided),
      ...(partOf && { partOf }),
      ...(parts.length > 0 && {
        endedParts: parts.map(({ byRef, ...part }) => ({
          ...part,
          by: byRef ? { entityRef: byRef, displayName: nameOf(byRef) } : null,
        })),
      }),
      ...(goesOn && { goesOn }),
      overlaps,
      extensionOf,
      copyOf,
      decisions: decisions.map(decision => ({
        verdict: decision.verdict,
        entityRef: decision.entityRef,
        displayName: nameOf(decision.entityRef),
        at: decision.decidedAt,
        reason: decision.reason,
        planVersion: decision.planVersion,
      })),
      steps: steps.map(step => ({
        id: step.id,
        kind: step.kind,
        title: step.title,
        state: step.state,
        detail: step.detail,
        cloudMessage: readsCloudMessages(caller) ? step.cloudMessage : null,
        attempts: step.attempts,
        startedAt: step.startedAt,
        finishedAt: step.finishedAt,
      })),
      cloudObjects: cloudObjectsOf(shown, leases),
      timeline: timeline.map(event => ({
        sequence: event.sequence,
        at: event.at,
        kind: event.kind,
        actor: event.actorRef
          ? { entityRef: event.actorRef, displayName: nameOf(event.actorRef) }
          : null,
        text: event.text,
      })),
      ...(followUp && { followUp }),
      openSessionsUntil: openSessionsUntil(
        row,
        leases,
        await this.#longestSession(loaded),
      ),
      consoleUrls:
        row.state === 'active' && gains(loaded, caller)
          ? this.#consoleUrls(loaded).filter(
              ({ accountId }) => !ended.has(accountId),
            )
          : [],
    };
  }

  /** The plan without what the caller may not read (security rule 29). */
  async shownPlan(loaded: LoadedRequest, caller: Caller): Promise<Plan> {
    const { row, plan } = loaded;
    const { seesWholePlan } = await this.#relations.relate(loaded, caller);
    return seesWholePlan
      ? plan.plan
      : this.#plans.show(
          plan.plan,
          row.organizationId,
          namedPeopleOf(row.changes),
          caller,
        );
  }

  /** What was given is taken away when it ends; what gave nothing is only done. */
  async #isDone({ row, plan }: LoadedRequest): Promise<boolean> {
    return (
      row.state === 'ended' &&
      isLasting(plan.plan.objects) &&
      !(await this.#stores.provisioning.authorizations.find(row.id, 'removal'))
    );
  }

  /** Those that tell what has ended; none where it could only be all. */
  async #leasesOfParts({ row, plan }: LoadedRequest): Promise<LeaseRow[]> {
    return row.state === 'active' && plan.plan.accounts.length > 1
      ? this.#stores.leases.listOfRequest(row.id)
      : [];
  }

  /** Another request, as it is named and linked to. */
  async #find(id: string | null | undefined) {
    const found = id ? await this.#stores.requests.get(id) : undefined;
    return found ? { id: found.id, number: found.number } : null;
  }

  async #whyHeld(
    { organizationId, state }: RequestRow,
    steps: StepRow[],
    caller: Caller,
  ): Promise<string | undefined> {
    const [organization, stops, now] = await Promise.all([
      this.#stores.organizations.get(organizationId),
      this.#stores.writeStops.listLive(organizationId),
      this.#stores.now(),
    ]);
    const reason = whyHeld(
      {
        state,
        writes: this.#organizations[organizationId]?.writes ?? 'off',
        heldReason: organization?.heldReason ?? null,
        stops,
        steps,
        credentials: this.#credentials(organizationId),
        now,
      },
      { namesClouds: readsCloudMessages(caller) },
    );
    return reason && endSentence(reason);
  }

  #consoleUrls({ row, plan }: LoadedRequest): RequestDetail['consoleUrls'] {
    const portal =
      this.#organizations[row.organizationId]?.accessPortalUrl ?? null;
    const pairs = new Map(
      plan.plan.gains.map(atom => [
        `${atom.accountId}/${atom.permissionSetArn}`,
        atom,
      ]),
    );
    return [...pairs.values()].flatMap(({ accountId, permissionSetArn }) => {
      const set = plan.plan.permissionSets.find(
        ({ arn }) => arn === permissionSetArn,
      );
      const url = set && consoleUrl(portal, accountId, set.name);
      return url ? [{ accountId, url }] : [];
    });
  }

  /** Session durations of the permission sets as the inventory has them. */
  async #longestSession({ row, plan }: LoadedRequest): Promise<string[]> {
    const sets = await Promise.all(
      plan.plan.permissionSets.map(({ arn }) =>
        this.#stores.inventory.getPermissionSet(row.organizationId, arn),
      ),
    );
    return sets.flatMap(set => set?.document.sessionDuration ?? []);
  }

  async #namesOf(
    refs: string[],
    caller: Caller,
  ): Promise<(ref: string) => string> {
    const people = await caller.directory.findPeople(
      [...new Set(refs)].filter(ref => ref.startsWith('user:')),
    );
    const names = new Map(
      people.map(person => [person.entityRef, person.displayName]),
    );
    return ref => names.get(ref) ?? ref;
  }
}

/** A link to the console is of use to who gets in by it. */
function gains({ plan }: LoadedRequest, { entraUserId }: Caller): boolean {
  return plan.plan.people.some(person => person.entraUserId === entraUserId);
}

/**
 * Who has ended what was theirs to end has nothing left to end, and what has ended
 * everywhere has nothing left to extend.
 */
function flagsNow(
  flags: RequestFlags,
  ended: Set<string>,
  goesOn: RequestDetail['goesOn'],
): RequestFlags {
  const canExtend = flags.canExtend && goesOn?.changes.length !== 0;
  const endsOnly = flags.endsOnly?.filter(({ id }) => !ended.has(id)) ?? null;
  if (endsOnly?.length !== 0) return { ...flags, canExtend, endsOnly };
  return {
    ...flags,
    canExtend,
    canReturn: false,
    endsOnly: null,
    returnReason: 'The access in your accounts has ended; the rest goes on.',
  };
}
