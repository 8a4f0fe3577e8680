import { Alert } from '@backstage/ui';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';

/** Somebody else acted first: not an error, but news. */
export function ConflictNotice(props: {
  request: RequestDetail;
  /** The server's own words. */
  message: string;
}) {
  const t = useTexts();
  const last = props.request.decisions.at(-1);
  return (
    <Alert
      status="info"
      icon
      role="alert"
      title={
        last
          ? t('detail.decidedBy', {
              verdict: t(`detail.verdict.${last.verdict}`),
              person: last.displayName,
            })
          : t('detail.conflictTitle')
      }
      description={t('detail.conflictBody', { message: props.message })}
    />
  );
}
