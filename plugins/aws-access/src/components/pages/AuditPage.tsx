import { Alert, Button, Flex } from '@backstage/ui';
import { useMemo, useState } from 'react';
import { AwsAccessQueryProvider } from '../../hooks/AwsAccessQueryProvider';
import {
  useAuditEvents,
  useAuditExport,
  useAuditVerification,
} from '../../hooks/useAudit';
import { useOrganizations } from '../../hooks/useOrganizations';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import {
  AuditFilterBar,
  AuditFilterFields,
  toAuditFilter,
} from '../audit/AuditFilterBar';
import { AuditTable } from '../audit/AuditTable';
import { AuditVerdict } from '../audit/AuditVerdict';
import { VerifyDialog } from '../audit/VerifyDialog';
import { QueryView } from '../common/QueryView';
import { RowsSkeleton } from '../common/RowsSkeleton';
import { PageFrame } from './PageFrame';

/** The audit log, for those who may read it: search, export, verify. */
export function AuditPage() {
  return (
    <AwsAccessQueryProvider>
      <AuditLog />
    </AwsAccessQueryProvider>
  );
}

function AuditLog() {
  const t = useTexts();
  const [fields, setFields] = useState<AuditFilterFields>({
    actor: '',
    from: '',
    to: '',
  });
  const filter = useMemo(() => toAuditFilter(fields), [fields]);
  const events = useAuditEvents(filter);
  const verification = useAuditVerification();
  const saving = useAuditExport(filter);
  const organizations = useOrganizations().data?.items ?? [];
  const [isVerifying, setIsVerifying] = useState(false);
  return (
    <PageFrame
      title={t('audit.title')}
      actions={
        <>
          <Button variant="secondary" onPress={() => saving.mutate('csv')}>
            {t('audit.exportCsv')}
          </Button>
          <Button variant="secondary" onPress={() => saving.mutate('json')}>
            {t('audit.exportJson')}
          </Button>
          <Button variant="primary" onPress={() => setIsVerifying(true)}>
            {t('audit.verify')}
          </Button>
        </>
      }
    >
      <QueryView query={events} skeleton={<RowsSkeleton />}>
        {data => (
          <Flex direction="column" gap="4">
            {verification.data && <AuditVerdict verdict={verification.data} />}
            {saving.error && (
              <Alert
                status="danger"
                icon
                role="alert"
                title={t('audit.failed')}
                description={getErrorMessage(saving.error)}
              />
            )}
            <AuditFilterBar
              fields={fields}
              organizations={organizations}
              onChange={setFields}
            />
            <AuditTable
              events={data.pages.flatMap(page => page.items)}
              isFiltered={Object.values(filter).some(Boolean)}
            />
            {events.hasNextPage && (
              <Button
                variant="secondary"
                onPress={() => events.fetchNextPage()}
              >
                {t('request.list.more')}
              </Button>
            )}
          </Flex>
        )}
      </QueryView>
      {isVerifying && (
        <VerifyDialog
          organizations={organizations}
          verification={verification}
          onClose={() => setIsVerifying(false)}
        />
      )}
    </PageFrame>
  );
}
