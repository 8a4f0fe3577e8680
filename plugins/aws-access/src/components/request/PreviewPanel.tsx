import {
  Alert,
  Card,
  CardBody,
  CardHeader,
  Flex,
  Skeleton,
  Text,
} from '@backstage/ui';
import { PreviewResponse } from 'backstage-plugin-aws-access-common';
import { ReactNode } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { RelativeTime } from '../common/RelativeTime';
import { FindingList } from './FindingList';
import classes from './PreviewPanel.module.css';
import { PreviewStages } from './PreviewStages';

/**
 * What a request would do, before it is filed: what will happen, what is risky,
 * who will approve, and what is to mend. Keeps the last preview visible while
 * the next one is worked out.
 */
export function PreviewPanel(props: {
  preview: PreviewResponse | undefined;
  loading: boolean;
  error: Error | null | undefined;
}) {
  const t = useTexts();
  const { preview, loading, error } = props;
  return (
    <Card role="region" aria-label={t('preview.title')} aria-busy={loading}>
      <CardHeader>
        <Flex justify="between" align="center">
          <Text as="h2" variant="title-x-small" weight="bold">
            {t('preview.title')}
          </Text>
          <Text variant="body-small" color="secondary" aria-live="polite">
            {loading ? t('preview.loading') : ''}
          </Text>
        </Flex>
      </CardHeader>
      <CardBody>
        <Flex direction="column" gap="5">
          {error && (
            <Alert
              status="danger"
              icon
              role="alert"
              title={t('preview.failed')}
              description={t('preview.failedBody', { message: error.message })}
            />
          )}
          {preview && (
            <Flex
              direction="column"
              gap="5"
              className={loading ? classes.updating : undefined}
            >
              <PreviewContent preview={preview} />
            </Flex>
          )}
          {!preview && loading && (
            <Flex direction="column" gap="3">
              <Skeleton width="60%" height={16} />
              <Skeleton height={16} />
              <Skeleton height={16} />
              <Skeleton width="40%" height={16} />
            </Flex>
          )}
          {!preview && !loading && !error && (
            <Text color="secondary">{t('preview.idle')}</Text>
          )}
        </Flex>
      </CardBody>
    </Card>
  );
}

function PreviewContent({ preview }: { preview: PreviewResponse }) {
  const t = useTexts();
  const { plan } = preview;
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
