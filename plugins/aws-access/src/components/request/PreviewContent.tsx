import { Alert, Text } from '@backstage/ui';
import { PreviewResponse } from 'backstage-plugin-aws-access-common';
import { ReactNode } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { readPermissionSet } from '../../model/permissionSetDifference';
import { PermissionSetChange } from '../code/PermissionSetChange';
import { RelativeTime } from '../common/RelativeTime';
import { ExplanationList } from './ExplanationList';
import { FindingList } from './FindingList';
import { OverlapList } from './OverlapList';
import classes from './PreviewPanel.module.css';
import { PreviewStages } from './PreviewStages';

/** A plan before it is filed or approved, and what is in its way. */
export function PreviewContent({ preview }: { preview: PreviewResponse }) {
  const t = useTexts();
  const { plan } = preview;
  const changedSets = (plan?.objects ?? []).filter(
    ({ kind, action }) => kind === 'permissionSet' && action === 'change',
  );
  return (
    <>
      {preview.denials.length > 0 && (
        <Alert
          status="danger"
          icon
          title={t('preview.denied')}
          description={preview.denials.join(' ')}
        />
      )}
      {preview.problems.length > 0 && (
        <Section title={t('preview.problems')}>
          {preview.problems.map(problem => (
            <Alert
              key={`${problem.path} ${problem.message}`}
              status="warning"
              icon
              title={problem.message}
              description={t('preview.fix', { fix: problem.fix })}
            />
          ))}
        </Section>
      )}
      {plan && (
        <Section title={t('preview.whatWillHappen')}>
          <ul className={classes.sentences}>
            {(plan.sentences.length > 0
              ? plan.sentences
              : [t('preview.nothingHappens')]
            ).map(sentence => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Section>
      )}
      {changedSets.map(object => (
        <Section
          key={object.key}
          title={t('preview.differs', { what: object.summary })}
        >
          <PermissionSetChange
            before={readPermissionSet(object.before)}
            after={readPermissionSet(object.after)}
          />
        </Section>
      ))}
      {preview.overlaps.length > 0 && (
        <Section title={t('preview.overlaps')}>
          <OverlapList overlaps={preview.overlaps} />
        </Section>
      )}
      {plan && (
        <Section title={t('preview.findings')}>
          <FindingList findings={plan.findings} />
        </Section>
      )}
      {preview.outcome === 'autoApproved' && (
        <Section title={t('preview.approval')}>
          <Text variant="body-medium">{t('preview.autoApproved')}</Text>
        </Section>
      )}
      {preview.stages.length > 0 && (
        <Section title={t('preview.approval')}>
          <PreviewStages stages={preview.stages} />
        </Section>
      )}
      {preview.explanation && preview.explanation.length > 0 && (
        <Section title={t('policy.why')}>
          <ExplanationList preview={preview} />
        </Section>
      )}
      {preview.asOf && (
        <Text variant="body-x-small" color="secondary">
          {t('preview.basedOn', { age: <RelativeTime at={preview.asOf} /> })}
        </Text>
      )}
    </>
  );
}

function Section(props: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <Text as="h3" variant="body-medium" weight="bold">
        {props.title}
      </Text>
      {props.children}
    </section>
  );
}
