import { Select } from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import { WishKind, WISH_KINDS } from '../../model/wishes';
import { AccessFields, ElevationFields } from './AccessFields';
import { AdoptionFields } from './AdoptionFields';
import { WishFieldsProps } from './fieldProps';
import { MembershipFields } from './MembershipFields';
import { PermissionSetFields } from './PermissionSetFields';
import { RemovalFields } from './RemovalFields';

const FIELDS = {
  access: AccessFields,
  membership: MembershipFields,
  elevation: ElevationFields,
  permissionSet: PermissionSetFields,
  removal: RemovalFields,
  adoption: AdoptionFields,
} satisfies Record<WishKind, unknown>;

/** What is asked for, and the fields that say it. */
export function WishFields(props: WishFieldsProps) {
  const t = useTexts();
  const { kind } = props.wish;
  const Fields = FIELDS[kind];
  return (
    <>
      <Select
        selectionMode="single"
        label={t('request.form.kind')}
        options={WISH_KINDS.map(name => ({
          id: name,
          label: t(`request.kind.${name}`),
          description: t(`request.kindHint.${name}`),
        }))}
        value={kind}
        onChange={chosen => props.onChange({ kind: chosen as WishKind })}
      />
      <Fields {...props} />
    </>
  );
}
