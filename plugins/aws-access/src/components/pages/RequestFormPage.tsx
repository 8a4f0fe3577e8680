import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { AwsAccessQueryProvider } from '../../hooks/AwsAccessQueryProvider';
import { useFileRequest } from '../../hooks/useFileRequest';
import { useIdentity } from '../../hooks/useIdentity';
import {
  useAccountChoices,
  usePermissionSetChoices,
} from '../../hooks/useInventory';
import { useOnlyTeam } from '../../hooks/useOnlyTeam';
import { usePreview } from '../../hooks/usePreview';
import { useRequestForm } from '../../hooks/useRequestForm';
import { useTeamMembers, useTeams } from '../../hooks/useTeams';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import { whyNotSubmit } from '../../model/whyNotSubmit';
import { useRoutes } from '../../routes';
import { PreviewPanel } from '../request/PreviewPanel';
import { RequestFormView } from '../request/RequestFormView';
import { PageFrame } from './PageFrame';

/** The form that files a request, for portals with and without templates. */
export function RequestFormPage() {
  return (
    <AwsAccessQueryProvider>
      <RequestFormContent />
    </AwsAccessQueryProvider>
  );
}

function RequestFormContent() {
  const t = useTexts();
  const routes = useRoutes();
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const linkedTeam = query.get('team') ?? undefined;
  const identity = useIdentity();
  const form = useRequestForm(identity.data?.userEntityRef, {
    team: linkedTeam,
    account: query.get('account') ?? undefined,
    permissionSet: query.get('permissionSet') ?? undefined,
  });
  const [accountSearch, setAccountSearch] = useState('');
  const [permissionSetSearch, setPermissionSetSearch] = useState('');
  const teams = useTeams(linkedTeam);
  useOnlyTeam(teams.data, form.values.team, team => form.change({ team }));
  const members = useTeamMembers(form.values.team);
  const accounts = useAccountChoices(accountSearch);
  const permissionSets = usePermissionSetChoices(permissionSetSearch);
  const preview = usePreview(form.previewInput);
  const filing = useFileRequest();

  const file = () => {
    if (!form.input) return;
    filing.mutate(
      { ...form.input, idempotencyKey: form.idempotencyKey },
      { onSuccess: request => navigate(routes.request(request.id)) },
    );
  };

  return (
    <PageFrame title={t('request.form.title')}>
      <RequestFormView
        values={form.values}
        onChange={form.change}
        teams={{
          items: teams.data ?? [],
          loading: teams.isLoading || identity.isLoading,
          error: teams.error ?? identity.error,
        }}
        members={{
          items: members.data ?? [],
          loading: members.isLoading,
          error: members.error,
        }}
        accounts={{ ...accounts, onSearchChange: setAccountSearch }}
        permissionSets={{
          ...permissionSets,
          onSearchChange: setPermissionSetSearch,
        }}
        preview={<PreviewPanel {...preview} />}
        obstacle={whyNotSubmit(form.missing, preview)}
        isFiling={filing.isPending}
        failure={filing.error ? getErrorMessage(filing.error) : undefined}
        onSubmit={file}
      />
    </PageFrame>
  );
}
