import { newPermissionSetArn } from 'backstage-plugin-aws-access-common';
import { permissionSetKey } from '../../model/wishes';
import { PermissionSetPicker } from '../pickers/PermissionSetPicker';
import { AccountsField, NamedAccountsField } from './AccountsField';
import { AudienceField } from './AudienceField';
import { WishFieldsProps } from './fieldProps';

/** A permission set on accounts, for people or the team. */
export function AccessFields(props: WishFieldsProps) {
  return (
    <>
      <AudienceField {...props} allowTeam />
      <AccountsField {...props} />
      <PermissionSetPicker
        {...props.choices.permissionSets}
        made={props.wishes
          .filter(
            ({ kind, changesSet }) => kind === 'permissionSet' && !changesSet,
          )
          .map(wish => ({
            id: newPermissionSetArn(permissionSetKey(wish)),
            name: wish.design.name,
          }))}
        isRequired
        value={props.wish.permissionSet}
        errorMessage={props.errorAt('permissionSet')}
        onChange={permissionSet => props.onChange({ permissionSet })}
      />
    </>
  );
}

/** A permission set on named accounts, for people and for hours. */
export function ElevationFields(props: WishFieldsProps) {
  return (
    <>
      <AudienceField {...props} allowTeam={false} />
      <NamedAccountsField {...props} />
      <PermissionSetPicker
        {...props.choices.permissionSets}
        isRequired
        value={props.wish.permissionSet}
        errorMessage={props.errorAt('permissionSet')}
        onChange={permissionSet => props.onChange({ permissionSet })}
      />
    </>
  );
}
