import { Flex, Link, Text } from '@backstage/ui';
import { PermissionSetDetail } from 'backstage-plugin-aws-access-common';
import { Fragment, ReactNode } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { formatIsoDuration } from '../../model/formatDuration';
import {
  writeBoundary,
  writePolicyName,
} from '../../model/permissionSetDesign';
import { layOutPolicy } from '../../model/permissionSetDifference';
import { PolicySizeMeter } from '../code/PolicySizeMeter';
import { PolicyText } from '../code/PolicyText';
import classes from './permissionSets.module.css';

/** Policies that AWS publishes have a page in its reference. */
const AWS_MANAGED = /^arn:aws[a-z-]*:iam::aws:policy\//;
const REFERENCE =
  'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/';

/** What is written in a permission set, as AWS has it. */
export function ContentFacts(props: { set: PermissionSetDetail }) {
  const t = useTexts();
  const { set } = props;
  const none = <Text color="secondary">{t('permissionSet.none')}</Text>;
  const facts: Array<[string, ReactNode]> = [
    [t('permissionSet.session'), formatIsoDuration(set.sessionDuration)],
    [
      t('permissionSet.managedPolicies'),
      set.managedPolicies.length > 0 ? (
        <ul className={classes.lines}>
          {set.managedPolicies.map(policy => (
            <li key={policy.arn} title={policy.arn}>
              <ManagedPolicy policy={policy} />
            </li>
          ))}
        </ul>
      ) : (
        none
      ),
    ],
    [
      t('permissionSet.customerManagedPolicies'),
      set.customerManagedPolicies.map(writePolicyName).join(', ') || none,
    ],
    [
      t('permissionSet.boundary'),
      set.permissionsBoundary
        ? writeBoundary(set.permissionsBoundary)
        : t('permissionSet.noBoundary'),
    ],
    [t('permissionSet.relayState'), set.relayState ?? none],
    [
      t('permissionSet.tags'),
      Object.entries(set.tags)
        .map(([key, value]) => `${key}=${value}`)
        .join(', ') || none,
    ],
    ...(set.inlinePolicy
      ? []
      : [[t('permissionSet.inlinePolicy'), none] as [string, ReactNode]]),
  ];
  return (
    <Flex direction="column" gap="4">
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      {set.inlinePolicy && (
        <Flex direction="column" gap="2">
          <Text as="h4" weight="bold">
            {t('permissionSet.inlinePolicy')}
          </Text>
          <PolicyText
            policy={layOutPolicy(set.inlinePolicy)}
            label={t('permissionSet.inlinePolicy')}
          />
          <PolicySizeMeter text={set.inlinePolicy} most={set.size.limit} />
        </Flex>
      )}
    </Flex>
  );
}

function ManagedPolicy(props: { policy: { arn: string; name: string } }) {
  const { arn, name } = props.policy;
  if (!AWS_MANAGED.test(arn)) return <>{arn}</>;
  return (
    <Link
      href={`${REFERENCE}${encodeURIComponent(name)}.html`}
      target="_blank"
      rel="noopener noreferrer"
    >
      {name}
    </Link>
  );
}
