import {
  CustomFieldValidator,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import {
  durationSchema,
  STANDING_ACCESS,
} from 'backstage-plugin-aws-access-common';
import { DurationPicker } from '../components/pickers/DurationPicker';
import { useIdentity } from '../hooks/useIdentity';
import { useLongestDuration } from '../hooks/useLongestDuration';
import { usePreview } from '../hooks/usePreview';
import { HOUR_PRESETS } from '../model/durationChoice';
import {
  getFormData,
  getPickerProps,
  getTexts,
  withQueries,
} from './fieldExtension';
import { readFormRequest } from './readFormRequest';
import { requestOptionsShape } from './requestOptions';

/** Which one is asked about makes no difference to what is allowed. */
const ANY_DURATION = 'PT1H';

const schema = makeFieldSchema({
  output: z =>
    z.string().describe('ISO-8601 duration, or "standing" for no end'),
  uiOptions: z =>
    z.object({
      presets: z
        .array(z.string())
        .optional()
        .describe('ISO-8601 durations offered instead of the usual ones'),
      allowStanding: z
        .boolean()
        .optional()
        .describe('False: access without an end is not offered'),
      ...requestOptionsShape(z),
    }),
});

function DurationField(props: typeof schema.TProps) {
  const { formData, onChange, uiSchema } = props;
  const options = uiSchema['ui:options'];
  return (
    <DurationPicker
      {...getPickerProps(props)}
      presets={
        options?.presets ?? (options?.elevate ? HOUR_PRESETS : undefined)
      }
      longest={useLongestFor(props)}
      allowStanding={options?.allowStanding ?? !options?.elevate}
      value={formData === STANDING_ACCESS ? null : formData}
      onChange={value => onChange(value === null ? STANDING_ACCESS : value)}
    />
  );
}

/** What the policy allows for the rest of the form, whatever is chosen here. */
function useLongestFor(props: typeof schema.TProps) {
  const options = props.uiSchema['ui:options'];
  const requester = useIdentity().data?.userEntityRef;
  const formData = getFormData(props);
  const parameter = options?.parameters?.duration ?? 'duration';
  const read = (form: Record<string, unknown>) =>
    requester ? readFormRequest(form, { ...options, requester }) : undefined;
  // The preview beside it asks the same, unless there is nothing chosen yet.
  const request =
    read(formData) ?? read({ ...formData, [parameter]: ANY_DURATION });
  return useLongestDuration(request, usePreview(request));
}

const validateDuration: CustomFieldValidator<string> = (
  duration,
  field,
  { apiHolder },
) => {
  const t = getTexts(apiHolder);
  if (!duration) {
    field.addError(t('request.form.disabled.duration'));
  } else if (
    duration !== STANDING_ACCESS &&
    !durationSchema.safeParse(duration).success
  ) {
    field.addError(t('formField.durationInvalid'));
  }
};

/** `AwsAccessDurationPicker`: a length of time, or no end. */
export const durationField = {
  name: 'AwsAccessDurationPicker',
  component: withQueries(DurationField),
  validation: validateDuration,
  schema,
};
