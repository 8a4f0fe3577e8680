import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Flex,
  Text,
} from '@backstage/ui';
import { PlanObject } from 'backstage-plugin-aws-access-common';
import { SeenPlan } from '../../hooks/useSeenPlan';
import { useTexts } from '../../hooks/useTexts';
import { Section } from '../common/Section';
import classes from './detail.module.css';
import { AtomTable } from './AtomTable';

const SIGNS = { create: '+', change: '~', untouched: '=' } as const;

/** Exactly what would be approved: sentences, objects, and who gains what. */
export function PlanSection(props: { seen: SeenPlan }) {
  const t = useTexts();
  const { plan, version } = props.seen;
  return (
    <Section title={t('detail.planVersion', { version: String(version) })}>
      <Flex direction="column" gap="5">
        <ul className={classes.sentences}>
          {plan.sentences.map(sentence => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <Flex direction="column" gap="2">
          <Text as="h4" weight="bold">
            {t('detail.gains')}
          </Text>
          {plan.gains.length > 0 ? (
            <AtomTable
              plan={plan}
              atoms={plan.gains}
              label={t('detail.gains')}
            />
          ) : (
            <Text color="secondary">{t('detail.noGains')}</Text>
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
            />
          </Flex>
        )}
        <ul className={classes.list}>
          {plan.objects.map(object => (
            <PlanObjectLine key={object.key} object={object} />
          ))}
        </ul>
      </Flex>
    </Section>
  );
}

function PlanObjectLine({ object }: { object: PlanObject }) {
  const t = useTexts();
  const hasDocuments = object.before !== null || object.after !== null;
  return (
    <li className={classes.object}>
      <span className={classes.action} data-action={object.action}>
        {SIGNS[object.action]} {t(`detail.object.${object.action}`)}
      </span>
      <span>{object.summary}</span>
      {hasDocuments && (
        <Accordion className={classes.documents}>
          <AccordionTrigger title={t('detail.documents')} />
          <AccordionPanel>
            <div className={classes.documentPair}>
              <PlanDocument title={t('detail.before')} value={object.before} />
              <PlanDocument title={t('detail.after')} value={object.after} />
            </div>
          </AccordionPanel>
        </Accordion>
      )}
    </li>
  );
}

function PlanDocument(props: { title: string; value: unknown }) {
  const t = useTexts();
  return (
    <div>
      <Text variant="body-small" color="secondary">
        {props.title}
      </Text>
      <pre className={classes.document}>
        {props.value === null
          ? t('detail.nothing')
          : JSON.stringify(props.value, null, 2)}
      </pre>
    </div>
  );
}
