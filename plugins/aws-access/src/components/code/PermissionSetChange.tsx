import { Skeleton, Text } from '@backstage/ui';
import { lazy, Suspense } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { formatIsoDuration } from '../../model/formatDuration';
import {
  comparePermissionSets,
  layOutPolicy,
  PartDifference,
  PlannedPermissionSet,
} from '../../model/permissionSetDifference';
import classes from './code.module.css';

const PolicyCodeDiff = lazy(() => import('./PolicyCodeDiff'));

/**
 * How a permission set becomes another: its parts in words, which screen
 * readers read too, and its inline policy line by line.
 */
export function PermissionSetChange(props: {
  before: PlannedPermissionSet | undefined;
  after: PlannedPermissionSet | undefined;
}) {
  const t = useTexts();
  const { before, after } = props;
  const parts = comparePermissionSets(before, after);
  const policies = [before, after].map(set => layOutPolicy(set?.inlinePolicy));
  const [oldPolicy, newPolicy] = policies;
  const policyDiffers = oldPolicy !== newPolicy;
  return (
    <div className={classes.change}>
      <ul className={classes.fields} aria-label={t('policyDiff.title')}>
        {parts.map(difference => (
          <PartLine key={difference.part} {...difference} />
        ))}
        {policyDiffers && (
          <li>
            {t('policyDiff.inlinePolicy')}: {describePolicy()}
          </li>
        )}
        {parts.length === 0 && !policyDiffers && (
          <li>{t('policyDiff.nothing')}</li>
        )}
      </ul>
      {policyDiffers && (
        <Suspense
          fallback={
            <Skeleton
              height={160}
              role="status"
              aria-label={t('picker.loading')}
            />
          }
        >
          <PolicyCodeDiff
            before={oldPolicy}
            after={newPolicy}
            label={t('policyDiff.ofPolicy', {
              name: (after ?? before)?.name ?? '',
            })}
          />
          <Text variant="body-small" color="secondary">
            {t('policyDiff.legend')}
          </Text>
        </Suspense>
      )}
    </div>
  );

  function describePolicy() {
    if (!oldPolicy) return t('policyDiff.policyNew');
    return newPolicy
      ? t('policyDiff.policyChanged')
      : t('policyDiff.policyGone');
  }
}

function PartLine({ part, removed, added }: PartDifference) {
  const t = useTexts();
  const words = (line: string) =>
    part === 'sessionDuration' ? formatIsoDuration(line) : line;
  return (
    <li>
      {t(`policyDiff.${part}`)}:{' '}
      {removed.map(line => (
        <span key={`removed ${line}`}>
          {t('policyDiff.removed')} <del>{words(line)}</del>{' '}
        </span>
      ))}
      {added.map(line => (
        <span key={`added ${line}`}>
          {t('policyDiff.added')} <ins>{words(line)}</ins>{' '}
        </span>
      ))}
    </li>
  );
}
