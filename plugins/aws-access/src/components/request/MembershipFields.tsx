import { useTexts } from '../../hooks/useTexts';
import { AccessGroupPicker } from '../pickers/AccessGroupPicker';
import { AudienceField } from './AudienceField';
import { WishFieldsProps } from './fieldProps';

/** People into an access group that exists, with everything that it carries. */
export function MembershipFields(props: WishFieldsProps) {
  const t = useTexts();
  return (
    <>
      <AccessGroupPicker
        {...props.choices.accessGroups}
        description={t('request.form.joinHint')}
        isRequired
        value={props.wish.accessGroup}
        errorMessage={props.errorAt('accessGroup')}
        onChange={accessGroup => props.onChange({ accessGroup })}
      />
      <AudienceField {...props} allowTeam={false} />
    </>
  );
}
