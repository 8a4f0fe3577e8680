import {
  AccessGroupReference,
  AccountRef,
  Change,
  ChangeOf,
  newPermissionSetArn,
  PermissionSetReference,
  Person,
  PlanObject,
} from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import { accountLabel, permissionSetLabel } from '../wording/labels';
import { AccessEdges } from './effects/AccessEdges';
import { expandElevations } from './objects/expandElevations';
import {
  PlanFacts,
  PlannedExistingGroup,
  PlannedPermissionSet,
} from './facts/PlanFacts';
import { planPermissionSet } from './objects/planPermissionSet';

/** What a plan is made of, before it is judged. */
export interface PlanDraft {
  objects: PlanObject[];
  edges: AccessEdges;
}

/** The wishes and the facts, and the words for both, while a plan is made. */
export class PlanContext {
  readonly teamRef: string;
  readonly duration: string | null;
  readonly changes: Change[];
  readonly facts: PlanFacts;
  /** Permission sets as the plan leaves them; those it makes by their stand-in ARN. */
  readonly setsAfter: Map<string, PlannedPermissionSet>;
  readonly #people: Map<string, Person>;

  constructor(
    input: { teamRef: string; duration: string | null; changes: Change[] },
    facts: PlanFacts,
  ) {
    this.teamRef = input.teamRef;
    this.duration = input.duration;
    this.changes = expandElevations(input.changes, facts.config);
    this.facts = facts;
    this.setsAfter = new Map(facts.permissionSets);
    for (const { change } of this.changesOf('permissionSet')) {
      this.setsAfter.set(
        arnOfChange(change),
        planPermissionSet(change, facts.permissionSets),
      );
    }
    this.#people = peopleOf(facts);
  }

  /** How long what begins lasts; null = no end. */
  get seconds(): number | null {
    return this.duration === null
      ? null
      : Duration.fromISO(this.duration).as('seconds');
  }

  /** Changes of one kind, with their places in the request. */
  changesOf<Kind extends Change['kind']>(
    kind: Kind,
  ): Array<{ change: ChangeOf<Kind>; index: number }> {
    return this.changes.flatMap((change, index) =>
      change.kind === kind ? [{ change: change as ChangeOf<Kind>, index }] : [],
    );
  }

  /** Groups that the request takes under management. */
  get adoptedGroups(): PlannedExistingGroup[] {
    const ids = this.changesOf('adoptAccessGroup').map(
      ({ change }) => change.accessGroup.entraGroupId,
    );
    return [...new Set(ids)].flatMap(id => this.facts.groups.get(id) ?? []);
  }

  /** ARNs of permission sets that the request takes under management. */
  get adoptedSets(): string[] {
    const arns = this.changesOf('adoptPermissionSet').map(
      ({ change }) => change.permissionSet.arn,
    );
    return [...new Set(arns)].filter(arn => this.facts.permissionSets.has(arn));
  }

  /** Entra object ids of the Users, sorted; who has none is left out. */
  idsOf(entityRefs: string[]): string[] {
    const ids = entityRefs.flatMap(
      ref => this.facts.people.get(ref)?.entraUserId ?? [],
    );
    return [...new Set(ids)].sort();
  }

  /** The permission set that is meant: an ARN, or the stand-in of a new one. */
  arnOf(reference: PermissionSetReference): string {
    if ('arn' in reference) return reference.arn;
    const made = this.changesOf('permissionSet').find(
      ({ change }) => change.key === reference.change,
    );
    return made
      ? arnOfChange(made.change)
      : newPermissionSetArn(reference.change);
  }

  /** The ARN, or its stand-in, of a permission set among the plan's objects. */
  arnOfObject({ id, key }: Pick<PlanObject, 'id' | 'key'>): string {
    return id ?? newPermissionSetArn(key);
  }

  /** Name of an access group, by its key in the plan. */
  groupName(groupKey: string): string {
    return (
      this.facts.groups.get(groupKey)?.displayName ??
      this.facts.groupNames.get(groupKey)?.displayName ??
      groupKey
    );
  }

  person(entraUserId: string): Person {
    return (
      this.#people.get(entraUserId) ?? {
        entraUserId,
        entityRef: null,
        displayName: entraUserId,
      }
    );
  }

  account(accountId: string): AccountRef {
    const planned = this.facts.accounts.get(accountId);
    const environment = planned?.facts.environment;
    return {
      id: accountId,
      name: planned?.account.name ?? accountId,
      environment: environment?.known ? environment.value : 'unknown',
    };
  }

  accountLabel(accountId: string): string {
    return accountLabel(this.account(accountId));
  }

  setLabel(arn: string): string {
    const planned = this.setsAfter.get(arn);
    return planned
      ? permissionSetLabel({
          name: planned.set.name,
          accessLevel: planned.level.level,
        })
      : arn;
  }
}

/** The key of an access group in the plan. */
export function groupKeyOf(reference: AccessGroupReference): string {
  return 'change' in reference ? reference.change : reference.entraGroupId;
}

/** The ARN that a permission set of the request has in the plan. */
export function arnOfChange(change: ChangeOf<'permissionSet'>): string {
  return change.arn ?? newPermissionSetArn(change.key);
}

function peopleOf(facts: PlanFacts): Map<string, Person> {
  const people = new Map<string, Person>();
  for (const { userId, displayName, userPrincipalName } of [
    ...facts.entraUsers.values(),
  ]) {
    people.set(userId, {
      entraUserId: userId,
      entityRef: null,
      displayName: displayName ?? userPrincipalName,
    });
  }
  for (const { entraUserId, entityRef, displayName } of facts.people.values()) {
    if (entraUserId) {
      people.set(entraUserId, { entraUserId, entityRef, displayName });
    }
  }
  return people;
}
