import { Alert } from '@backstage/ui';
import { AuditVerification } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';

/** What the verification of the chain came to. */
export function AuditVerdict({ verdict }: { verdict: AuditVerification }) {
  const t = useTexts();
  return verdict.verdict === 'consistent' ? (
    <Alert
      status="success"
      icon
      role="status"
      title={t('audit.consistent')}
      description={t('audit.consistentBody', {
        rows: String(verdict.rows),
        hash: verdict.head?.hash ?? '–',
      })}
    />
  ) : (
    <Alert
      status="danger"
      icon
      role="alert"
      title={t('audit.broken')}
      description={t('audit.brokenBody', {
        row: String(verdict.brokenAt),
        reason: verdict.reason ?? '',
      })}
    />
  );
}
