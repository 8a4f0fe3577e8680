import { Alert, Radio, RadioGroup } from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import { AdoptionKind, ADOPTION_KINDS } from '../../model/wishes';
import { AccessGroupPicker } from '../pickers/AccessGroupPicker';
import { PermissionSetPicker } from '../pickers/PermissionSetPicker';
import { WishFieldsProps } from './fieldProps';

/** What somebody else made, and shall be looked after here from now on. */
export function AdoptionFields(props: WishFieldsProps) {
  const t = useTexts();
  const { wish, choices, onChange } = props;
  return (
    <>
      <RadioGroup
        label={t('request.form.adopt')}
        orientation="horizontal"
        value={wish.adoption}
        onChange={kind => onChange({ adoption: kind as AdoptionKind })}
      >
        {ADOPTION_KINDS.map(kind => (
          <Radio key={kind} value={kind}>
            {t(`request.adoption.${kind}`)}
          </Radio>
        ))}
      </RadioGroup>
      {wish.adoption === 'accessGroup' ? (
        <AccessGroupPicker
          {...choices.accessGroups}
          isRequired
          value={wish.accessGroup}
          errorMessage={props.errorAt('accessGroup')}
          onChange={accessGroup => onChange({ accessGroup })}
        />
      ) : (
        <PermissionSetPicker
          {...choices.permissionSets}
          isRequired
          value={wish.permissionSet}
          errorMessage={props.errorAt('permissionSet')}
          onChange={permissionSet => onChange({ permissionSet })}
        />
      )}
      <Alert
        status="info"
        icon
        title={t(`request.adoptionHint.${wish.adoption}`)}
      />
    </>
  );
}
