import { ReadPlan } from '../starting/ReadPlan';
import { CompiledStep, presenceOf } from './CompiledStep';
import { ensuredAssignments } from './compileAssignmentSteps';
import { StepMember } from './stepInputs';
import { people } from './wordsOfSteps';

/** A group that is made, or that something is asked of. */
export interface EnsuredGroup {
  key: string;
  entraGroupId: string | null;
  displayName: string;
  description: string;
  /** Whom the plan puts into it. */
  joining: StepMember[];
  /** Who is in it already, and shall stay. */
  present: StepMember[];
  /** Who is in it already, and is looked after from now on. */
  adopted: StepMember[];
  /** The group itself is looked after from now on. */
  adopts: boolean;
}

/** New groups, and those that exist and that something is asked of. */
export function groupsToEnsure(read: ReadPlan): EnsuredGroup[] {
  const wanted = new Set([
    ...read.memberships
      .filter(({ object }) => object.action !== 'remove')
      .map(({ document }) => document.accessGroup),
    ...read.applicationAssignments
      .filter(({ object }) => object.action !== 'remove')
      .map(({ document }) => document.accessGroup),
    ...ensuredAssignments(read).flatMap(({ document: { principal } }) =>
      principal.kind === 'accessGroup' ? [principal.groupKey] : [],
    ),
  ]);
  for (const key of wanted) {
    // Throws where the plan does not have it, which would be left out below.
    read.group(key);
  }
  return read.groups
    .filter(
      ({ object }) =>
        object.action !== 'remove' &&
        (object.id === null ||
          object.action === 'adopt' ||
          wanted.has(object.key)),
    )
    .map(({ object, document }) => {
      const membersBy = (action: 'create' | 'untouched' | 'adopt') =>
        read.memberships
          .filter(
            membership =>
              membership.object.action === action &&
              membership.document.accessGroup === object.key,
          )
          .map(membership => read.member(membership.document.entraUserId));
      return {
        key: object.key,
        entraGroupId: object.id,
        displayName: document.displayName,
        description: document.description,
        joining:
          object.id === null
            ? document.memberIds.map(id => read.member(id))
            : membersBy('create'),
        present: membersBy('untouched'),
        adopted: membersBy('adopt'),
        adopts: object.action === 'adopt',
      };
    });
}

/** Groups with their members and their place in the enterprise application, in Entra. */
export function compileGroupSteps(
  read: ReadPlan,
  groups: EnsuredGroup[],
): CompiledStep[] {
  const inApplication = read.applicationAssignments.filter(
    ({ object }) => object.action !== 'remove',
  );
  return [
    ...groups.map(
      ({
        key,
        entraGroupId,
        displayName,
        description,
        adopts,
      }): CompiledStep => ({
        kind: 'ensureAccessGroup',
        title: titleOfGroup({ entraGroupId, displayName, adopts }),
        input: {
          groupKey: key,
          entraGroupId,
          displayName,
          description,
          ...(adopts && { adopts }),
        },
      }),
    ),
    ...groups.flatMap(group => {
      const { key, displayName, joining, present, adopted } = group;
      return [
        joining.length > 0 || group.entraGroupId === null
          ? ensureMembers(key, displayName, joining, false)
          : [],
        present.length > 0
          ? ensureMembers(key, displayName, present, true)
          : [],
        adopted.length > 0 ? adoptMembers(key, displayName, adopted) : [],
      ].flat();
    }),
    ...inApplication.map(
      ({ object, document: { accessGroup } }): CompiledStep => ({
        kind: 'assignGroupToEnterpriseApplication',
        title: `Let the enterprise application see ${read.groupName(
          accessGroup,
        )}`,
        input: {
          groupKey: accessGroup,
          ...presenceOf(object),
        },
      }),
    ),
    ...groups
      // What has not changed in Entra need not be sent.
      .filter(
        ({ key, entraGroupId, joining }) =>
          entraGroupId === null ||
          joining.length > 0 ||
          inApplication.some(
            ({ object, document }) =>
              document.accessGroup === key && object.action === 'create',
          ),
      )
      .map(
        // Entra sends only the members that it is asked for.
        ({ key, displayName, joining, present }): CompiledStep => ({
          kind: 'provisionOnDemand',
          title: `Ask Entra to send ${displayName} to AWS now`,
          input: { groupKey: key, members: [...joining, ...present] },
        }),
      ),
  ];
}

function ensureMembers(
  groupKey: string,
  displayName: string,
  members: StepMember[],
  isThere: boolean,
): CompiledStep {
  return {
    kind: 'ensureMembers',
    title: isThere
      ? `Note that ${displayName} has ${people(members)} already`
      : `Put ${people(members)} into ${displayName}`,
    input: { groupKey, members, isThere },
  };
}

function adoptMembers(
  groupKey: string,
  displayName: string,
  members: StepMember[],
): CompiledStep {
  return {
    kind: 'ensureMembers',
    title: `Take it under management that ${displayName} has ${people(
      members,
    )}`,
    input: { groupKey, members, isThere: true, adopts: true },
  };
}

function titleOfGroup({
  entraGroupId,
  displayName,
  adopts,
}: Pick<EnsuredGroup, 'entraGroupId' | 'displayName' | 'adopts'>): string {
  if (entraGroupId === null) return `Create the Entra group ${displayName}`;
  return adopts
    ? `Take the Entra group ${displayName} (${entraGroupId}) under management`
    : `Find the Entra group ${displayName} (${entraGroupId})`;
}

/** The wait until AWS knows the groups of the plan. */
export function awaitGroups(groups: EnsuredGroup[]): CompiledStep[] {
  return groups.map(
    ({ key, displayName, joining, present }): CompiledStep => ({
      kind: 'awaitIdentityStoreGroup',
      title: `Wait until AWS knows ${displayName} and its members`,
      input: { groupKey: key, members: [...joining, ...present] },
    }),
  );
}
