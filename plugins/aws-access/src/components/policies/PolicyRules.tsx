import { Card, CardBody, Flex, Text } from '@backstage/ui';
import { RiScales3Line } from '@remixicon/react';
import { PolicyResponse } from 'backstage-plugin-aws-access-common';
import { useNamedRefs } from '../../hooks/useNamedRefs';
import { useTexts } from '../../hooks/useTexts';
import { EmptyState } from '../common/EmptyState';
import classes from '../detail/detail.module.css';

/** The rules in plain words. */
export function PolicyRules({ policy }: { policy: PolicyResponse }) {
  const t = useTexts();
  const { defaultStage, defaultStageWithoutAccounts } = policy;
  const named = useNamedRefs([
    ...policy.rules.flatMap(({ when, does }) => [...when, ...does]),
    ...[defaultStage, defaultStageWithoutAccounts].flatMap(text => text ?? []),
  ]);
  return (
    <Flex direction="column" gap="3">
      <Text as="h2" variant="title-x-small">
        {t('policy.rules')}
      </Text>
      <Text color="secondary">{t('policy.about')}</Text>
      {policy.rules.length === 0 && (
        <EmptyState
          icon={<RiScales3Line />}
          title={t('policy.noRulesTitle')}
          body={t('policy.noRulesBody')}
        />
      )}
      {policy.rules.map(rule => (
        <Card key={rule.name}>
          <CardBody>
            <Text as="h3" weight="bold">
              {rule.name}
            </Text>
            <Text as="p" color="secondary">
              {rule.when.length === 0
                ? t('policy.always')
                : t('policy.when', {
                    conditions: named(rule.when.join(t('policy.and'))),
                  })}
            </Text>
            <ul className={classes.sentences}>
              {rule.does.map(what => (
                <li key={what}>
                  <Text>{named(what)}</Text>
                </li>
              ))}
            </ul>
          </CardBody>
        </Card>
      ))}
      <Text>
        {defaultStage
          ? t('policy.default', { stage: named(defaultStage) })
          : t('policy.noDefault')}
      </Text>
      {defaultStageWithoutAccounts && (
        <Text>
          {t('policy.defaultWithoutAccounts', {
            stage: named(defaultStageWithoutAccounts),
          })}
        </Text>
      )}
      {policy.ownPolicies.length > 0 && (
        <Text>
          {t('policy.ownPolicies', { names: policy.ownPolicies.join(', ') })}
        </Text>
      )}
    </Flex>
  );
}
