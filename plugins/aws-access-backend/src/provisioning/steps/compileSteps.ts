import {
  Plan,
  PlanObject,
  PlanStepKind,
} from 'backstage-plugin-aws-access-common';
import { compileApprovedRemovals } from './compileApprovedRemovals';
import { PlannedAssignment, ReadPlan } from '../starting/ReadPlan';
import { StepInputs, StepMember } from './stepInputs';
import { assignmentLabel, people } from './wordsOfSteps';

/** What is done with permission sets that are written or adopted. */
const VERBS: Partial<Record<PlanObject['action'], string>> = {
  create: 'Create',
  change: 'Change',
  adopt: 'Take',
};

/** A step before it is stored; its place in the list is its position. */
export type CompiledStep = {
  [Kind in PlanStepKind]: {
    kind: Kind;
    title: string;
    input: StepInputs[Kind];
  };
}[PlanStepKind];

interface EnsuredGroup {
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

/**
 * Turns a plan into ordered steps: what takes away comes first and what gives
 * comes last (security rule 4). Steps of one kind stand together, because
 * neighbours of one kind may run side by side.
 *
 * @throws Error when the plan's documents are not what provisioning knows
 */
export function compileSteps(plan: Plan): CompiledStep[] {
  const read = new ReadPlan(plan);
  const groups = groupsToEnsure(read);
  const removals = compileApprovedRemovals(read);
  return [
    ...removals.steps,
    ...groupSteps(read, groups),
    ...permissionSetSteps(read),
    ...awaitSteps(read, groups),
    ...assignmentSteps(read),
    {
      kind: 'verify',
      title: 'Check in AWS that it is as approved',
      input: {
        groups: groups.map(({ key, joining, present }) => ({
          groupKey: key,
          members: [...joining, ...present],
        })),
        assignments: ensuredAssignments(read).map(({ document }) => document),
        permissionSets: ensuredSets(read).map(({ object, document }) => ({
          permissionSetKey: object.key,
          name: document.name,
        })),
        gone: removals.gone,
      },
    },
  ];
}

function groupSteps(read: ReadPlan, groups: EnsuredGroup[]): CompiledStep[] {
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

/** What the plan relies on or adopts must be there; what it creates need not. */
function presenceOf({ action }: Pick<PlanObject, 'action'>) {
  return {
    isThere: action !== 'create',
    ...(action === 'adopt' && { adopts: true }),
  };
}

function permissionSetSteps(read: ReadPlan): CompiledStep[] {
  const sets = ensuredSets(read);
  return [
    ...sets.map(
      ({ object, document }): CompiledStep => ({
        kind: 'ensurePermissionSet',
        title: `${VERBS[object.action]} the permission set ${document.name}${
          object.action === 'adopt' ? ' under management' : ''
        }`,
        input: {
          permissionSetKey: object.key,
          arn: object.id,
          name: document.name,
          before: object.before as StepInputs['ensurePermissionSet']['before'],
          after: document,
          ...(object.action === 'adopt' && { adopts: true }),
        },
      }),
    ),
    ...sets
      // Nobody has a new one; its first assignment brings it to the account.
      .filter(({ object }) => object.action === 'change')
      .map(
        ({ object, document }): CompiledStep => ({
          kind: 'provisionPermissionSet',
          title: `Bring ${document.name} as it is now to every account that has it`,
          input: {
            permissionSetKey: object.key,
            name: document.name,
            accountsCount: read.countAccounts(object.id!),
          },
        }),
      ),
  ];
}

function awaitSteps(read: ReadPlan, groups: EnsuredGroup[]): CompiledStep[] {
  const elevated = new Map(
    ensuredAssignments(read).flatMap(({ document: { principal } }) =>
      principal.kind === 'person'
        ? [[principal.entraUserId, read.member(principal.entraUserId)]]
        : [],
    ),
  );
  return [
    ...groups.map(
      ({ key, displayName, joining, present }): CompiledStep => ({
        kind: 'awaitIdentityStoreGroup',
        title: `Wait until AWS knows ${displayName} and its members`,
        input: { groupKey: key, members: [...joining, ...present] },
      }),
    ),
    ...(elevated.size > 0
      ? [
          {
            kind: 'awaitIdentityStoreUsers' as const,
            title: `Find ${people([...elevated.values()])} in AWS`,
            input: { members: [...elevated.values()] },
          },
        ]
      : []),
  ];
}

function assignmentSteps(read: ReadPlan): CompiledStep[] {
  return ensuredAssignments(read).map(
    ({ object, document }): CompiledStep => ({
      kind: 'ensureAssignment',
      title:
        titleOfPresent(object, document) ??
        `Give ${document.principal.displayName} ${document.permissionSetName} in ${document.accountName} (${document.accountId})`,
      input: { ...document, ...presenceOf(object) },
    }),
  );
}

/** Undefined where the assignment is to be made. */
function titleOfPresent(
  { action }: PlanObject,
  document: PlannedAssignment,
): string | undefined {
  if (action === 'create') return undefined;
  return action === 'adopt'
    ? `Take ${assignmentLabel(document)} under management`
    : `Note that ${assignmentLabel(document)} is there already`;
}

/** New groups, and those that exist and that something is asked of. */
function groupsToEnsure(read: ReadPlan): EnsuredGroup[] {
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
  // Names a group that the plan does not have.
  wanted.forEach(key => read.group(key));
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

function ensuredAssignments(read: ReadPlan) {
  return read.assignments.filter(({ object }) => object.action !== 'remove');
}

function ensuredSets(read: ReadPlan) {
  return read.permissionSets.filter(({ object }) => object.action in VERBS);
}
