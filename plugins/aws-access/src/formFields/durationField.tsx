import {
  CustomFieldValidator,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { durationSchema } from 'backstage-plugin-aws-access-common';
import { DurationPicker } from '../components/pickers/DurationPicker';
import { getPickerProps, getTexts, withQueries } from './fieldExtension';

/**
 * The word in a form for access without an end. A form cannot tell null from a
 * field that was never touched.
 */
export const STANDING = 'standing';

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
    }),
});

function DurationField(props: typeof schema.TProps) {
  const { formData, onChange, uiSchema } = props;
  const options = uiSchema['ui:options'];
  return (
    <DurationPicker
      {...getPickerProps(props)}
      presets={options?.presets}
      allowStanding={options?.allowStanding}
      value={formData === STANDING ? null : formData}
      onChange={value => onChange(value === null ? STANDING : value)}
    />
  );
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
    duration !== STANDING &&
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
