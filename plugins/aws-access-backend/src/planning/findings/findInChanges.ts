import { Atom, Finding } from 'backstage-plugin-aws-access-common';
import { countLabel } from '../../wording/labels';
import { FindingKind, FindingsContext } from './FindingsContext';

/** What a plan does to those who have access already. */
export const findInChanges: FindingKind = context => [
  ...context.given
    .filter(({ action }) => action === 'change')
    .flatMap(({ arn, label }) => findShared(context, arn, label)),
  ...findLosses(context),
];

/** A permission set changes for everybody who has it (security rule 4). */
function findShared(
  { facts, draft }: FindingsContext,
  arn: string,
  label: string,
): Finding[] {
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
    },
  ];
}

/** What goes for good; what only becomes other access is no loss. */
function findLosses({ draft }: FindingsContext): Finding[] {
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
    },
  ];
}
