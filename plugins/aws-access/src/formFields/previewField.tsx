import { identityApiRef } from '@backstage/frontend-plugin-api';
import {
  CustomFieldValidator,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { useEffect } from 'react';
import { awsAccessApiRef } from '../api';
import { PreviewPanel } from '../components/request/PreviewPanel';
import { useIdentity } from '../hooks/useIdentity';
import { useLastPreview } from '../hooks/useLastPreview';
import { usePreview } from '../hooks/usePreview';
import { useTeams } from '../hooks/useTeams';
import { useTexts } from '../hooks/useTexts';
import { getFormData, getTexts, withQueries } from './fieldExtension';
import { NOT_WRITTEN_YET, readFormRequest } from './readFormRequest';
import { requestOptionsShape } from './requestOptions';
import { summarizePreview } from './summarizePreview';

const schema = makeFieldSchema({
  output: z =>
    z
      .union([z.null(), z.array(z.string())])
      .describe(
        'With type "array", the request in words, for the review; with type "null", nothing',
      ),
  uiOptions: z => z.object(requestOptionsShape(z)),
});

function PreviewField(props: typeof schema.TProps) {
  const { formData, onChange, uiSchema } = props;
  const t = useTexts();
  const identity = useIdentity();
  const request =
    identity.data &&
    readFormRequest(getFormData(props), {
      ...uiSchema['ui:options'],
      requester: identity.data.userEntityRef,
    });
  const teams = useTeams(request?.team);
  const preview = usePreview(request);
  // Words are the last that is typed, and change nothing that is summed up.
  const last = useLastPreview(request, preview, ['justification', 'ticket']);
  // Empty while what is filled in is not what the preview tells of.
  const summarize = () => {
    if (!request) return [];
    if (!last) return preview.error ? [t('formField.summary.unknown')] : [];
    return summarizePreview(last, request, {
      t,
      asksDuration: !uiSchema['ui:options']?.duration,
      teamTitle: teams.data?.find(({ entityRef }) => entityRef === request.team)
        ?.title,
    });
  };
  const value = props.schema.type === 'array' ? summarize() : null;
  const text = JSON.stringify(value);
  // The scaffolder validates only fields that have a value.
  const isBehind = formData === undefined || JSON.stringify(formData) !== text;
  useEffect(() => {
    if (isBehind) onChange(JSON.parse(text));
  }, [isBehind, text, onChange]);

  return <PreviewPanel {...preview} />;
}

/**
 * Stops the form where the backend would refuse. It is a courtesy: whatever the
 * form or the template says, the backend works the plan out again.
 */
const validatePreview: CustomFieldValidator<
  typeof schema.TOutput,
  typeof schema.uiOptionsType
> = async (value, field, { apiHolder, formData, uiSchema }) => {
  const t = getTexts(apiHolder);
  const api = apiHolder.get(awsAccessApiRef);
  const identity = await apiHolder.get(identityApiRef)?.getBackstageIdentity();
  const request =
    identity &&
    readFormRequest(formData, {
      ...uiSchema?.['ui:options'],
      requester: identity.userEntityRef,
    });
  // What is missing is said at its own field.
  if (!api || !request) return;

  if (value?.length === 0) {
    field.addError(t('formField.previewBehind'));
    return;
  }
  // A backend that cannot be asked now may answer when the task runs.
  const preview = await api.previewRequest(request).catch(() => undefined);
  for (const { path, message, fix } of preview?.problems ?? []) {
    // A reason that the form does not ask for is the template's own.
    if (path === 'justification' && request.justification === NOT_WRITTEN_YET) {
      continue;
    }
    field.addError(t('formField.problem', { message, fix }));
  }
  for (const denial of preview?.denials ?? []) field.addError(denial);
};

/** `AwsAccessPreview`: what the request would do, and who will approve it. */
export const previewField = {
  name: 'AwsAccessPreview',
  component: withQueries(PreviewField),
  validation: validatePreview,
  schema,
};
