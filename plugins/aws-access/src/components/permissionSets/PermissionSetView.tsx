import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Alert,
  Flex,
  Text,
} from '@backstage/ui';
import { PermissionSetDetail } from 'backstage-plugin-aws-access-common';
import { ReactNode } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { AccessLevelChip } from '../common/AccessLevelChip';
import { Chip } from '../common/Chip';
import { VerdictChip } from '../common/VerdictChip';
import { Section } from '../common/Section';
import detail from '../detail/detail.module.css';
import { FindingList } from '../request/FindingList';
import { ByAccountTable } from '../team/ByAccountTable';
import { CompareSection } from './CompareSection';
import { ContentFacts } from './ContentFacts';
import { EffectiveAccessView } from './EffectiveAccessView';
import { HistorySection } from './HistorySection';
import classes from './permissionSets.module.css';
import { ServiceAccessTable } from './ServiceAccessTable';
import { WhereSection } from './WhereSection';

/** One permission set: what it really grants first, then what it is made of. */
export function PermissionSetView(props: {
  set: PermissionSetDetail;
  /** ARN of the one that it is compared with. */
  compareWith: string | undefined;
  /** What the age of the whole does not say. */
  footnote: ReactNode;
  onCompare: (arn: string | undefined) => void;
}) {
  const t = useTexts();
  const { set } = props;
  const { level, isLevelKnown, services } = set.effectiveAccess;
  return (
    <Flex direction="column" gap="4">
      <div className={classes.headline}>
        <AccessLevelChip level={level} />
        {!isLevelKnown && (
          <Chip tone="warning">{t('permissionSet.levelUnknown')}</Chip>
        )}
        <VerdictChip verdict={set.verdict} />
        {set.description && <Text>{set.description}</Text>}
      </div>
      {set.isProtected && (
        <Alert status="info" icon title={t('permissionSet.protected')} />
      )}
      <div className={detail.layout}>
        <div className={detail.column}>
          <Section title={t('permissionSet.grants')}>
            <Flex direction="column" gap="4">
              <EffectiveAccessView access={set.effectiveAccess} saysNoLimits />
              {services.length > 0 && (
                <Accordion>
                  <AccordionTrigger
                    title={t('permissionSet.services', {
                      count: services.length,
                    })}
                  />
                  <AccordionPanel>
                    <ServiceAccessTable services={services} />
                  </AccordionPanel>
                </Accordion>
              )}
            </Flex>
          </Section>
          <Section title={t('permissionSet.content')}>
            <ContentFacts set={set} />
          </Section>
        </div>
        <div className={detail.column}>
          <Section title={t('permissionSet.findings')}>
            <FindingList findings={set.findings} />
          </Section>
          <WhereSection set={set} />
          <HistorySection history={set.history} />
        </div>
      </div>
      {set.holders.length > 0 && (
        <Section title={t('permissionSet.holders')}>
          <ByAccountTable entries={set.holders} isOnePermissionSet />
          {props.footnote}
        </Section>
      )}
      <CompareSection
        set={set}
        other={props.compareWith}
        onChoose={props.onCompare}
      />
    </Flex>
  );
}
