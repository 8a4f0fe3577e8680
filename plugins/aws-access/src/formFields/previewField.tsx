import { identityApiRef } from '@backstage/frontend-plugin-api';
import {
  CustomFieldValidator,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { useEffect } from 'react';
import { awsAccessApiRef } from '../api';
import { PreviewPanel } from '../components/request/PreviewPanel';
import { useIdentity } from '../hooks/useIdentity';
import { usePreview } from '../hooks/usePreview';
import { getFormData, getTexts, withQueries } from './fieldExtension';
import { NOT_WRITTEN_YET, readFormRequest } from './readFormRequest';

const schema = makeFieldSchema({
  output: z => z.null().describe('Nothing: this field only shows'),
  uiOptions: z =>
    z.object({
      parameters: z
        .object({
          team: z.string().optional(),
          for: z.string().optional(),
          accounts: z.string().optional(),
          permissionSet: z.string().optional(),
          duration: z.string().optional(),
          justification: z.string().optional(),
          ticket: z.string().optional(),
        })
        .optional()
        .describe('Names of the parameters, where a template has its own'),
      elevate: z
        .boolean()
        .optional()
        .describe('The step has `elevate: true` as well'),
      organizationId: z
        .string()
        .optional()
        .describe('The organization that the step names, if it names one'),
    }),
});

function PreviewField(props: typeof schema.TProps) {
  const { formData, onChange, uiSchema } = props;
  const identity = useIdentity();
  const request =
    identity.data &&
    readFormRequest(getFormData(props), {
      ...uiSchema['ui:options'],
      requester: identity.data.userEntityRef,
    });

  // The scaffolder validates only fields that have a value.
  useEffect(() => {
    if (formData === undefined) onChange(null);
  }, [formData, onChange]);

  return <PreviewPanel {...usePreview(request)} />;
}

/**
 * Stops the form where the backend would refuse. It is a courtesy: whatever the
 * form or the template says, the backend works the plan out again.
 */
const validatePreview: CustomFieldValidator<
  null,
  typeof schema.uiOptionsType
> = async (_value, field, { apiHolder, formData, uiSchema }) => {
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
