import { Skeleton } from '@backstage/ui';
import { lazy, Suspense } from 'react';
import { useTexts } from '../../hooks/useTexts';

const PolicyCodeView = lazy(() => import('./PolicyCodeView'));

/** A policy to read. */
export function PolicyText(props: { policy: string; label: string }) {
  const t = useTexts();
  return (
    <Suspense
      fallback={
        <Skeleton height={160} role="status" aria-label={t('picker.loading')} />
      }
    >
      <PolicyCodeView value={props.policy} label={props.label} />
    </Suspense>
  );
}
