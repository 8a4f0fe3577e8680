import { Alert, Flex, Text } from '@backstage/ui';
import { SeenPlan } from '../../hooks/useSeenPlan';
import { useTexts } from '../../hooks/useTexts';
import { EndedAccounts } from '../../model/endedAccounts';
import { isWhole } from '../../model/groupAtoms';
import { Section } from '../common/Section';
import { AccountsByEnvironment } from './AccountsByEnvironment';
import { AtomTable } from './AtomTable';
import classes from './detail.module.css';

/** What would be approved, in sentences, and who gains and loses what. */
export function PlanSection(props: { seen: SeenPlan; ended: EndedAccounts }) {
  const t = useTexts();
  const { ended } = props;
  const { plan, version } = props.seen;
  return (
    <Section title={t('detail.planVersion', { version: String(version) })}>
      <Flex direction="column" gap="5">
        {ended.size > 0 && (
          <Text color="secondary">{t('detail.endedPartPlan')}</Text>
        )}
        {plan.sentences.length > 0 && (
          <ul className={classes.sentences}>
            {plan.sentences.map(sentence => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        {!isWhole(plan) && (
          <Alert
            status="danger"
            icon
            role="alert"
            title={t('detail.cutTitle')}
            description={t('detail.cutBody')}
          />
        )}
        {plan.accounts.length > 0 && (
          <Flex direction="column" gap="2">
            <Text as="h4" weight="bold">
              {t('detail.accounts')}
            </Text>
            <AccountsByEnvironment accounts={plan.accounts} ended={ended} />
          </Flex>
        )}
        <Flex direction="column" gap="2">
          <Text as="h4" weight="bold">
            {t('detail.gains')}
          </Text>
          {plan.gains.length > 0 ? (
            <AtomTable
              plan={plan}
              atoms={plan.gains}
              ended={ended}
              label={t('detail.gains')}
              hasTime
            />
          ) : (
            <Text color="secondary">
              {t(plan.hidden ? 'detail.hiddenGains' : 'detail.noGains')}
            </Text>
          )}
        </Flex>
        {plan.losses.length > 0 && (
          <Flex direction="column" gap="2">
            <Text as="h4" weight="bold">
              {t('detail.losses')}
            </Text>
            <AtomTable
              plan={plan}
              atoms={plan.losses}
              label={t('detail.losses')}
              hasTime={false}
            />
          </Flex>
        )}
        {plan.adopts !== undefined && plan.adopts.length > 0 && (
          <Flex direction="column" gap="2">
            <Text as="h4" weight="bold">
              {t('detail.adopts')}
            </Text>
            <AtomTable
              plan={plan}
              atoms={plan.adopts}
              ended={ended}
              label={t('detail.adopts')}
              hasTime={false}
            />
          </Flex>
        )}
      </Flex>
    </Section>
  );
}
