import { Alert, Text } from '@backstage/ui';
import { CheckPermissionSetInput } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { usePermissionSetCheck } from '../../hooks/usePermissionSets';
import { getErrorMessage } from '../../model/describeError';
import { AccessLevelChip } from '../common/AccessLevelChip';
import { FindingList } from '../request/FindingList';
import { EffectiveAccessView } from './EffectiveAccessView';
import classes from './permissionSets.module.css';

/**
 * What a permission set that is being written would grant, and what there is to
 * say about it, beside its text.
 */
export function PermissionSetCheck(props: {
  /** Undefined while there is nothing to look at. */
  document: CheckPermissionSetInput['document'] | undefined;
  /** A preview of the whole request says what is wrong and worth an eye. */
  isPreviewed?: boolean;
}) {
  const t = useTexts();
  const { check, loading, error } = usePermissionSetCheck(props.document);
  if (!props.document) return null;
  return (
    <section
      className={classes.check}
      aria-label={t('permissionSet.checkTitle')}
      aria-busy={loading}
    >
      <div className={classes.headline}>
        <Text as="h3" weight="bold">
          {t('permissionSet.checkTitle')}
        </Text>
        {check && <AccessLevelChip level={check.effectiveAccess.level} />}
        <Text variant="body-small" color="secondary" aria-live="polite">
          {loading ? t('permissionSet.checking') : ''}
        </Text>
      </div>
      {error && (
        <Text variant="body-small" color="secondary" role="status">
          {t('permissionSet.checkFailed', { message: getErrorMessage(error) })}
        </Text>
      )}
      {check && (
        <>
          {!props.isPreviewed &&
            check.problems.map(problem => (
              <Alert
                key={`${problem.path} ${problem.message}`}
                status="warning"
                icon
                title={problem.message}
                description={t('preview.fix', { fix: problem.fix })}
              />
            ))}
          <EffectiveAccessView access={check.effectiveAccess} />
          {!props.isPreviewed && <FindingList findings={check.findings} />}
        </>
      )}
    </section>
  );
}
