import { Finding } from 'backstage-plugin-aws-access-common';
import { accessOf } from '../../iam/accessOf';
import { isControllingPolicy } from '../../iam/managedPolicies';
import { accountLabel, listLabel } from '../../wording/labels';
import {
  FindingKind,
  GivenPermissionSet,
  SetFindingKind,
} from './FindingsContext';

/** Name of the finding that keeps a request from being approved by itself. */
export const CONTROLS_THIS_PRODUCT = 'controls-this-product';

/** Services through which access to AWS itself is managed (security rule 17). */
const CONTROLLING_SERVICES: readonly string[] = [
  'sso',
  'sso-directory',
  'identitystore',
  'identity-sync',
  'organizations',
];

/**
 * What could change who has access to AWS at all: rights to more than reading in
 * the services that manage it. What is not known may have such rights.
 */
export const findControlBySets: SetFindingKind = ({ given }) =>
  given.flatMap(findInSet);

/**
 * The accounts that access to AWS is managed from. Taking access away there
 * counts as well: somebody may be locked out.
 */
export const findControlByAccounts: FindingKind = ({ draft, facts }) =>
  draft.accounts.flatMap(account => {
    const what =
      account.id === facts.pins?.managementAccountId
        ? 'the management account of the organization'
        : 'a delegated administrator account';
    return account.id === facts.pins?.managementAccountId ||
      facts.delegatedAdministratorIds?.has(account.id)
      ? [
          {
            id: `${CONTROLS_THIS_PRODUCT}/${account.id}`,
            severity: 'high' as const,
            title: 'Could change who has access to AWS',
            reason: `${accountLabel(
              account,
            )} is ${what}: access to AWS is managed from there.`,
            about: { people: [], accounts: [account.id] },
          },
        ]
      : [];
  });

function findInSet({ arn, label, document }: GivenPermissionSet): Finding[] {
  const { services, grants } = accessOf(document);
  const controlled = services
    .map(({ access }) => access)
    .filter(
      ({ service, levels }) =>
        CONTROLLING_SERVICES.includes(service) &&
        levels.some(({ level }) => level !== 'List' && level !== 'Read'),
    )
    .map(({ name }) => name);
  controlled.push(
    ...document.managedPolicies
      .filter(policy => isControllingPolicy(policy.arn))
      .map(({ name }) => name),
  );
  const id = `${CONTROLS_THIS_PRODUCT}/${arn}`;
  if (controlled.length > 0) {
    return [
      {
        id,
        severity: 'high',
        title: 'Could change who has access to AWS',
        reason: `${label} reaches the services through which access to AWS is managed: ${listLabel(
          controlled,
        )}.`,
      },
    ];
  }
  return grants.unknown.length > 0
    ? [
        {
          id,
          severity: 'medium',
          title: 'Might change who has access to AWS',
          reason: `Not all that ${label} allows is known, so it may reach the services through which access to AWS is managed.`,
        },
      ]
    : [];
}
