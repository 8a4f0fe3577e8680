import { Text } from '@backstage/ui';
import { PlanObject } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { Section } from '../common/Section';
import classes from './detail.module.css';

const SIGNS = { create: '+', change: '~', untouched: '=' } as const;

/** The objects in Entra and AWS that a plan creates, changes and leaves alone. */
export function ObjectsSection(props: { objects: readonly PlanObject[] }) {
  const t = useTexts();
  return (
    <Section title={t('detail.objects')}>
      <ul className={classes.list}>
        {props.objects.map(object => (
          <PlanObjectLine key={object.key} object={object} />
        ))}
      </ul>
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
        <details className={classes.documents}>
          <summary>{t('detail.documents')}</summary>
          <div className={classes.documentPair}>
            <PlanDocument title={t('detail.before')} value={object.before} />
            <PlanDocument title={t('detail.after')} value={object.after} />
          </div>
        </details>
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
