import { Flex, Radio, RadioGroup, Text } from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import { EntityOption } from '../../model/EntityOption';
import { RequestAudience } from '../../model/wishes';
import { PeoplePicker } from '../pickers/PeoplePicker';
import { PickerState } from '../pickers/PickerFrame';
import { WishFieldsProps } from './fieldProps';

/** For whom a wish is: oneself, named people, or the team as it is. */
export function AudienceField(
  props: WishFieldsProps & {
    label?: string;
    /** What choosing people means, where it is not who gets something. */
    peopleHint?: string;
    /** Whose access it may be, where not the members of the team. */
    people?: Pick<PickerState, 'loading' | 'error'> & {
      items: readonly EntityOption[];
    };
    /** False: the team as a whole cannot be meant. */
    allowTeam: boolean;
  },
) {
  const t = useTexts();
  const { wish, onChange, choices } = props;
  // Another kind of wish may have offered the team.
  const audience =
    wish.audience === 'team' && !props.allowTeam ? 'myself' : wish.audience;
  return (
    <Flex direction="column" gap="3">
      <RadioGroup
        label={props.label ?? t('request.form.who')}
        orientation="horizontal"
        value={audience}
        onChange={chosen => onChange({ audience: chosen as RequestAudience })}
      >
        <Radio value="myself">
          {t(props.isOnBehalf ? 'request.form.them' : 'request.form.myself')}
        </Radio>
        <Radio value="people">
          {t(props.people ? 'request.form.anyPeople' : 'request.form.people')}
        </Radio>
        {props.allowTeam ? (
          <Radio value="team">{t('request.form.wholeTeam')}</Radio>
        ) : null}
      </RadioGroup>
      {audience === 'people' && (
        <PeoplePicker
          {...(props.people ?? choices.members)}
          description={props.peopleHint}
          isRequired
          isDisabled={!props.hasTeam}
          value={wish.people}
          errorMessage={props.errorAt('people')}
          onChange={people => onChange({ people })}
        />
      )}
      {audience === 'team' && (
        <Text variant="body-small" color="secondary">
          {t('request.form.wholeTeamHint')}
        </Text>
      )}
      {audience !== 'people' && props.errorAt('people') && (
        <Text variant="body-small" color="danger" role="alert">
          {props.errorAt('people')}
        </Text>
      )}
    </Flex>
  );
}
