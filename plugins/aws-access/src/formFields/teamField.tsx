import {
  CustomFieldValidator,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { entityRefSchema } from 'backstage-plugin-aws-access-common';
import { TeamPicker } from '../components/pickers/TeamPicker';
import { useOnlyTeam } from '../hooks/useOnlyTeam';
import { useTeams } from '../hooks/useTeams';
import { getPickerProps, getTexts, withQueries } from './fieldExtension';

const schema = makeFieldSchema({
  output: z => z.string().describe('Ref of a catalog group'),
});

function TeamField(props: typeof schema.TProps) {
  const { formData, onChange } = props;
  const teams = useTeams(formData);
  useOnlyTeam(teams.data, formData, onChange);

  return (
    <TeamPicker
      {...getPickerProps(props)}
      value={formData}
      onChange={onChange}
      items={teams.data ?? []}
      loading={teams.isPending}
      error={teams.error}
    />
  );
}

const validateTeam: CustomFieldValidator<string> = (
  team,
  field,
  { apiHolder },
) => {
  const t = getTexts(apiHolder);
  if (!team) {
    field.addError(t('request.form.disabled.team'));
  } else if (!entityRefSchema('group').safeParse(team).success) {
    field.addError(t('formField.teamInvalid'));
  }
};

/** `AwsAccessTeamPicker`: one of the teams that the person is in. */
export const teamField = {
  name: 'AwsAccessTeamPicker',
  component: withQueries(TeamField),
  validation: validateTeam,
  schema,
};
