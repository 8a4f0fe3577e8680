import { Flex, Radio, RadioGroup, Text } from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import {
  RequestAudience,
  RequestFormValues,
} from '../../model/buildRequestInput';
import { EntityOption } from '../../model/EntityOption';
import { PeoplePicker } from '../pickers/PeoplePicker';
import { PickerState } from '../pickers/PickerFrame';
import { TeamPicker } from '../pickers/TeamPicker';

/** What a picker needs to know about its choices. */
export interface Choices<Item> extends Pick<PickerState, 'loading' | 'error'> {
  items: readonly Item[];
}

/** For which team, and for whom in it. */
export function AudienceFields(props: {
  values: RequestFormValues;
  teams: Choices<EntityOption>;
  members: Choices<EntityOption>;
  onChange: (changed: Partial<RequestFormValues>) => void;
}) {
  const t = useTexts();
  const { values, onChange } = props;
  return (
    <Flex direction="column" gap="4">
      <TeamPicker
        {...props.teams}
        isRequired
        value={values.team}
        onChange={team => onChange({ team })}
      />
      <RadioGroup
        label={t('request.form.who')}
        orientation="horizontal"
        value={values.audience}
        onChange={audience =>
          onChange({ audience: audience as RequestAudience })
        }
      >
        <Radio value="myself">{t('request.form.myself')}</Radio>
        <Radio value="people">{t('request.form.people')}</Radio>
        <Radio value="team">{t('request.form.wholeTeam')}</Radio>
      </RadioGroup>
      {values.audience === 'people' && (
        <PeoplePicker
          {...props.members}
          isRequired
          isDisabled={!values.team}
          value={values.people}
          onChange={people => onChange({ people })}
        />
      )}
      {values.audience === 'team' && (
        <Text variant="body-small" color="secondary">
          {t('request.form.wholeTeamHint')}
        </Text>
      )}
    </Flex>
  );
}
