import { Select } from '@backstage/ui';
import { Organization } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';

const ALL = 'all';

/** Chooses an organization; where there is one there is nothing to choose. */
export function OrganizationSelect(props: {
  organizations: readonly Organization[];
  value: string | undefined;
  /** Whether all of them together can be meant. */
  allowAll?: boolean;
  onChange: (id: string | undefined) => void;
}) {
  const t = useTexts();
  if (props.organizations.length < 2) return null;
  return (
    <Select
      selectionMode="single"
      label={t('organization.label')}
      options={[
        ...(props.allowAll ? [{ id: ALL, label: t('organization.all') }] : []),
        ...props.organizations.map(({ id, title }) => ({ id, label: title })),
      ]}
      value={props.value ?? (props.allowAll ? ALL : null)}
      onChange={key => props.onChange(key === ALL ? undefined : String(key))}
    />
  );
}
