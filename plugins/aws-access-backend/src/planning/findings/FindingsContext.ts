import {
  AccountRef,
  Finding,
  newPermissionSetArn,
  Plan,
  PlanObject,
} from 'backstage-plugin-aws-access-common';
import { accessLevelOf, AccessLevelVerdict } from '../../iam/accessLevelOf';
import { permissionSetLabel } from '../../wording/labels';
import {
  accountAssignmentDocumentSchema,
  permissionSetDocumentSchema,
  ScopeDocument,
  scopeDocumentSchema,
} from '../objects/planDocuments';
import { PlannedPermissionSet, PlanFacts } from '../facts/PlanFacts';

/** A plan before its findings. */
export type PlanDraft = Pick<
  Plan,
  | 'duration'
  | 'accounts'
  | 'permissionSets'
  | 'people'
  | 'objects'
  | 'gains'
  | 'losses'
  | 'adopts'
>;

/** A permission set as somebody will have it after the plan. */
export interface GivenPermissionSet {
  /** Or `newPermissionSetArn(key)` of one that the plan makes. */
  arn: string;
  /** "ReadOnly (read)". */
  label: string;
  document: PlannedPermissionSet['set']['document'];
  level: AccessLevelVerdict;
  action: PlanObject['action'];
}

/** What all kinds of findings look at. */
export interface FindingsContext {
  draft: PlanDraft;
  facts: Pick<
    PlanFacts,
    | 'permissionSets'
    | 'inIdentityStore'
    | 'pins'
    | 'delegatedAdministratorIds'
    | 'holders'
    | 'accounts'
  > &
    Partial<Pick<PlanFacts, 'crowdedAccounts'>>;
  /** Permission sets that the plan gives to somebody, makes or changes. */
  given: GivenPermissionSet[];
  /** Accounts in which it gives or changes something. */
  accounts: AccountRef[];
  scopes: Array<{ key: string; document: ScopeDocument }>;
}

/** A finding that says whom and which accounts it names, so that it can be kept from readers. */
export type FindingAbout = Finding & Required<Pick<Finding, 'about'>>;

/** Of a finding that names nobody and no account: it counts them at most. */
export const NAMES_NONE: FindingAbout['about'] = { people: [], accounts: [] };

/** Looks at one kind of thing that is worth an approver's eye. Pure. */
export type FindingKind = (context: FindingsContext) => FindingAbout[];

/** Looks at permission sets alone: of people and accounts it knows no names. Pure. */
export type SetFindingKind = (
  context: Pick<FindingsContext, 'given' | 'scopes'> & {
    draft: Pick<PlanDraft, 'duration'>;
  },
) => Finding[];

/**
 * Works out once what the kinds of findings look at. What the plan only takes
 * away is not "given": nobody has to fear it any more.
 */
export function findingsContext(
  draft: PlanDraft,
  facts: FindingsContext['facts'],
): FindingsContext {
  const scopes = draft.objects
    .filter(({ kind, action }) => kind === 'scope' && isMade(action))
    .map(({ key, after }) => ({
      key,
      document: scopeDocumentSchema.parse(after),
    }));
  const assignments = draft.objects
    .filter(
      ({ kind, action }) => kind === 'accountAssignment' && isMade(action),
    )
    .map(({ after }) => accountAssignmentDocumentSchema.parse(after));

  // What is adopted was never looked at before, so it is as if it were given.
  const atoms = [...draft.gains, ...(draft.adopts ?? [])];
  const written = writtenPermissionSets(draft.objects);
  const arns = new Set([
    ...written.keys(),
    ...atoms.map(atom => atom.permissionSetArn),
    ...assignments.map(({ permissionSetArn }) => permissionSetArn),
    ...scopes.map(({ document }) => document.permissionSetArn),
  ]);
  const accountIds = new Set([
    ...atoms.map(atom => atom.accountId),
    ...assignments.map(({ accountId }) => accountId),
  ]);
  return {
    draft,
    facts,
    given: [...arns].sort().flatMap(arn => givenSet(arn, written, facts)),
    accounts: draft.accounts.filter(({ id }) => accountIds.has(id)),
    scopes,
  };
}

/** By ARN, the objects of permission sets that the plan makes or changes. */
function writtenPermissionSets(objects: PlanObject[]): Map<string, PlanObject> {
  return new Map(
    objects
      .filter(({ kind, action }) => kind === 'permissionSet' && isMade(action))
      .map(object => [object.id ?? newPermissionSetArn(object.key), object]),
  );
}

function givenSet(
  arn: string,
  written: Map<string, PlanObject>,
  facts: FindingsContext['facts'],
): GivenPermissionSet[] {
  const object = written.get(arn);
  const document = object
    ? permissionSetDocumentSchema.parse(object.after)
    : facts.permissionSets.get(arn)?.set.document;
  if (!document) return [];
  const level = accessLevelOf(document);
  return [
    {
      arn,
      label: permissionSetLabel({
        name: document.name,
        accessLevel: level.level,
      }),
      document,
      level,
      action: object?.action ?? 'untouched',
    },
  ];
}

function isMade(action: PlanObject['action']): boolean {
  return action === 'create' || action === 'change' || action === 'adopt';
}
