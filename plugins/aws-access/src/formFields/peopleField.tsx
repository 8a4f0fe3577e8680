import {
  CustomFieldValidator,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { Flex, Radio, RadioGroup, Text } from '@backstage/ui';
import { entityRefSchema } from 'backstage-plugin-aws-access-common';
import { PeoplePicker } from '../components/pickers/PeoplePicker';
import { useTeamMembers } from '../hooks/useTeams';
import { useTexts } from '../hooks/useTexts';
import {
  getFormData,
  getPickerProps,
  getTexts,
  withQueries,
} from './fieldExtension';

const schema = makeFieldSchema({
  output: z =>
    z
      .union([z.enum(['me', 'team']), z.array(z.string())])
      .describe('"me", "team", or refs of catalog users'),
  uiOptions: z =>
    z.object({
      teamParameter: z
        .string()
        .optional()
        .describe('Parameter that holds the team; "team" if left out'),
      allowTeam: z
        .boolean()
        .optional()
        .describe('False: the team as a whole is not offered'),
    }),
});

function PeopleField(props: typeof schema.TProps) {
  const { formData = 'me', onChange, uiSchema } = props;
  const t = useTexts();
  const { label, description, isDisabled } = getPickerProps(props);
  const { teamParameter: parameter = 'team', allowTeam = true } =
    uiSchema['ui:options'] ?? {};
  const team = getFormData(props)[parameter];
  const members = useTeamMembers(typeof team === 'string' ? team : undefined);
  const people = Array.isArray(formData) ? formData : undefined;

  return (
    <Flex direction="column" gap="3">
      <RadioGroup
        label={label ?? t('request.form.who')}
        description={description}
        orientation="horizontal"
        isDisabled={isDisabled}
        value={people ? 'people' : String(formData)}
        onChange={choice =>
          onChange(choice === 'people' ? [] : (choice as 'me' | 'team'))
        }
      >
        <Radio value="me">{t('request.form.myself')}</Radio>
        <Radio value="people">{t('request.form.people')}</Radio>
        {allowTeam && <Radio value="team">{t('request.form.wholeTeam')}</Radio>}
      </RadioGroup>
      {formData === 'team' && (
        <Text variant="body-small" color="secondary">
          {t('request.form.wholeTeamHint')}
        </Text>
      )}
      {people && (
        <PeoplePicker
          value={people}
          onChange={onChange}
          items={members.data ?? []}
          loading={members.isLoading}
          error={members.error}
          isDisabled={isDisabled}
          isRequired
        />
      )}
    </Flex>
  );
}

const validatePeople: CustomFieldValidator<
  typeof schema.TOutput,
  typeof schema.uiOptionsType
> = (value, field, { apiHolder, uiSchema }) => {
  const t = getTexts(apiHolder);
  // A link may prefill what is not offered.
  if (value === 'team' && uiSchema?.['ui:options']?.allowTeam === false) {
    field.addError(t('request.form.disabled.people'));
  }
  if (!Array.isArray(value)) return;
  if (value.length === 0) field.addError(t('request.form.disabled.people'));
  for (const person of value) {
    if (!entityRefSchema('user').safeParse(person).success) {
      field.addError(t('formField.personInvalid', { value: String(person) }));
    }
  }
};

/** `AwsAccessPeoplePicker`: the person, people of the team, or the team. */
export const peopleField = {
  name: 'AwsAccessPeoplePicker',
  component: withQueries(PeopleField),
  validation: validatePeople,
  schema,
};
