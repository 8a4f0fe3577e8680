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
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import classes from './PreviewPanel.module.css';
import { PreviewContent } from './PreviewContent';

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
              description={t('preview.failedBody', {
                message: getErrorMessage(error),
              })}
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
