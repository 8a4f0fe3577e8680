import { AccessLevel, Atom, Finding } from 'backstage-plugin-aws-access-common';
import { accessLevelOf } from '../../iam/accessLevelOf';
import { countLabel } from '../../wording/labels';
import { permissionSetDocumentSchema } from '../objects/planDocuments';
import {
  FindingAbout,
  FindingKind,
  FindingsContext,
  GivenPermissionSet,
  NAMES_NONE,
} from './FindingsContext';

/** How far each level reaches; what is unlike any other may reach anywhere. */
const REACH: Record<AccessLevel, number> = {
  read: 0,
  billing: 1,
  write: 2,
  custom: 3,
  power: 4,
  admin: 5,
};

/** What a plan does to those who have access already. */
export const findInChanges: FindingKind = context => [
  ...context.given
    .filter(({ action }) => action === 'change')
    .flatMap(set => [
      ...findShared(context, set.arn, set.label),
      ...findOtherLevel(context, set),
    ]),
  ...findLosses(context),
];

/** A permission set changes for everybody who has it (security rule 4). */
function findShared(
  { facts, draft }: FindingsContext,
  arn: string,
  label: string,
): FindingAbout[] {
  const holders = facts.holders.get(arn) ?? [];
  if (holders.length === 0) return [];
  const people = new Set(holders.flatMap(({ entraUserIds }) => entraUserIds));
  const unknown = holders.reduce((sum, one) => sum + one.unknownPeople, 0);
  const accounts = new Set(holders.map(({ accountId }) => accountId));
  const production = [...accounts].filter(id => {
    const known = draft.accounts.find(account => account.id === id);
    const fact = facts.accounts.get(id)?.facts.environment;
    return (
      known?.environment === 'prod' || (fact?.known && fact.value === 'prod')
    );
  });
  return [
    {
      id: `changes-for-everybody/${arn}`,
      severity: 'medium',
      title: 'Changes for everybody who has it',
      reason: `${countLabel(
        people.size + unknown,
        'person has',
        'people have',
      )} ${label} in ${countLabel(accounts.size, 'account', 'accounts')}${
        production.length > 0 ? `, ${production.length} of them production` : ''
      }; it changes for all of them.`,
      about: NAMES_NONE,
    },
  ];
}

/** The word beside a permission set's name becomes another one. */
function findOtherLevel(
  { draft }: FindingsContext,
  { arn, document, level: { level: after } }: GivenPermissionSet,
): FindingAbout[] {
  const object = draft.objects.find(
    ({ kind, id }) => kind === 'permissionSet' && id === arn,
  );
  const { data } = permissionSetDocumentSchema.safeParse(object?.before);
  if (!data) return [];
  const before = accessLevelOf(data).level;
  if (before === after) return [];
  const isMore = REACH[after] > REACH[before];
  return [
    {
      id: `other-level/${arn}`,
      severity: isMore ? severityOf(after) : 'info',
      title: isMore ? 'Allows more than before' : 'Allows less than before',
      reason: `${document.name} was ${before} and becomes ${after} for everybody who has it.`,
      about: NAMES_NONE,
    },
  ];
}

function severityOf(level: AccessLevel): Finding['severity'] {
  return level === 'admin' || level === 'power' ? 'high' : 'medium';
}

/** What goes for good; what only becomes other access is no loss. */
function findLosses({ draft }: FindingsContext): FindingAbout[] {
  const keyOf = ({ entraUserId, permissionSetArn, accountId }: Atom) =>
    `${entraUserId} ${permissionSetArn} ${accountId}`;
  const kept = new Set(draft.gains.map(keyOf));
  const lost = draft.losses.filter(atom => !kept.has(keyOf(atom)));
  if (lost.length === 0) return [];
  const people = new Set(lost.map(atom => atom.entraUserId));
  const accounts = new Set(lost.map(atom => atom.accountId));
  const isProduction = draft.accounts.some(
    ({ id, environment }) => accounts.has(id) && environment === 'prod',
  );
  return [
    {
      id: 'takes-access',
      severity: isProduction ? 'medium' : 'low',
      title: 'Takes access away',
      reason: `${countLabel(
        people.size,
        'person loses',
        'people lose',
      )} access to ${countLabel(accounts.size, 'account', 'accounts')}${
        isProduction ? ', production among them' : ''
      }.`,
      about: NAMES_NONE,
    },
  ];
}
