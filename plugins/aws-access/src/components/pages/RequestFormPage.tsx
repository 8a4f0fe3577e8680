import { useCallback, useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { AwsAccessQueryProvider } from '../../hooks/AwsAccessQueryProvider';
import { useFileRequest } from '../../hooks/useFileRequest';
import { useIdentity } from '../../hooks/useIdentity';
import { useOrganizations } from '../../hooks/useOrganizations';
import { useLongestDuration } from '../../hooks/useLongestDuration';
import { useOnlyTeam } from '../../hooks/useOnlyTeam';
import { usePreview } from '../../hooks/usePreview';
import { useRequestChoices } from '../../hooks/useRequestChoices';
import { useRequestForm } from '../../hooks/useRequestForm';
import { useTeams } from '../../hooks/useTeams';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import { createErrorLookup } from '../../model/fieldErrors';
import { whyNotSubmit } from '../../model/whyNotSubmit';
import { readRequestFormQuery, useRoutes } from '../../routes';
import { TeamPicker } from '../pickers/TeamPicker';
import { OnBehalfField } from '../request/OnBehalfField';
import { PreviewPanel } from '../request/PreviewPanel';
import { RequestFields } from '../request/RequestFields';
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
  const prefill = readRequestFormQuery(query);
  const identity = useIdentity();
  const form = useRequestForm(identity.data?.userEntityRef, prefill);
  const { team } = form.values;
  const { change } = form;
  const teams = useTeams(prefill.team);
  const chooseTeam = useCallback(
    (chosen: string | undefined) => change({ team: chosen }),
    [change],
  );
  useOnlyTeam(teams.data, team, chooseTeam);
  const choices = useRequestChoices(team, prefill.permissionSet);
  const organizations = useOrganizations().data;
  const offersOnBehalf =
    form.values.onBehalfOf !== undefined ||
    (organizations && organizations.canFileForOthers !== false);
  const preview = usePreview(form.previewInput);
  const longest = useLongestDuration(form.previewInput, preview);
  const filing = useFileRequest();
  const problems = preview.isCurrent ? preview.preview?.problems : undefined;
  const errorAt = useMemo(
    () => createErrorLookup(form.issues, problems, form.built),
    [form.issues, problems, form.built],
  );

  const file = () => {
    if (!form.built) return;
    filing.mutate(
      { ...form.built.input, idempotencyKey: form.idempotencyKey },
      {
        onSuccess: request =>
          navigate(routes.request(request.id), { state: { wasFiled: true } }),
      },
    );
  };

  return (
    <PageFrame title={t('request.form.title')}>
      <RequestFormView
        fields={
          <RequestFields
            form={form}
            choices={choices}
            errorAt={errorAt}
            longest={longest}
            onBehalf={
              offersOnBehalf && (
                <OnBehalfField
                  value={form.values.onBehalfOf}
                  errorMessage={errorAt('onBehalfOf')}
                  onChange={onBehalfOf => change({ onBehalfOf })}
                />
              )
            }
            team={
              <TeamPicker
                items={teams.data ?? []}
                loading={teams.isLoading || identity.isLoading}
                error={teams.error ?? identity.error}
                isRequired
                value={team}
                errorMessage={errorAt('team')}
                onChange={chooseTeam}
              />
            }
          />
        }
        preview={<PreviewPanel {...preview} />}
        obstacle={whyNotSubmit(form.missing, form.issues.length === 0, preview)}
        hasSeveral={form.values.wishes.length > 1}
        isFiling={filing.isPending}
        failure={filing.error ? getErrorMessage(filing.error) : undefined}
        onSubmit={file}
      />
    </PageFrame>
  );
}
