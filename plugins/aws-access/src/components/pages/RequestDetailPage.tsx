import { useLocation, useParams } from 'react-router-dom';
import { useRequestActions } from '../../hooks/useRequestActions';
import { useRequest } from '../../hooks/useRequests';
import { useTexts } from '../../hooks/useTexts';
import { QueryView } from '../common/QueryView';
import { RowsSkeleton } from '../common/RowsSkeleton';
import { RequestDetailView } from '../detail/RequestDetailView';
import { PageFrame } from './PageFrame';

/** One request, under its id. */
export function RequestDetailPage() {
  const { id = '' } = useParams();
  // Another request must not inherit the plan that was seen on this one.
  return <Content key={id} id={id} />;
}

function Content({ id }: { id: string }) {
  const t = useTexts();
  const request = useRequest(id);
  const actions = useRequestActions(id);
  const { data } = request;
  const { state } = useLocation() as { state?: { wasFiled?: boolean } | null };
  return (
    <PageFrame
      title={
        data
          ? t('detail.number', { number: String(data.number) })
          : t('request.list.title')
      }
    >
      <QueryView query={request} skeleton={<RowsSkeleton rows={8} />}>
        {detail => (
          <RequestDetailView
            request={detail}
            wasFiled={Boolean(state?.wasFiled)}
            onAct={action => actions.mutateAsync(action)}
            pendingAction={actions.isPending ? actions.variables : undefined}
            failed={
              actions.error
                ? { action: actions.variables, error: actions.error }
                : undefined
            }
          />
        )}
      </QueryView>
    </PageFrame>
  );
}
