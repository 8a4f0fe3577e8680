import { Select, TextField } from '@backstage/ui';
import { AUDIT_KINDS, Organization } from 'backstage-plugin-aws-access-common';
import { AuditFilter } from '../../hooks/useAudit';
import { useTexts } from '../../hooks/useTexts';
import { FilterRow } from '../common/FilterRow';
import { OrganizationSelect } from '../common/OrganizationSelect';

const ANY = 'any';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What people type; it becomes a filter as far as it is complete. */
export interface AuditFilterFields {
  /** Undefined = all of them. */
  organizationId?: string;
  /** Undefined = anything. */
  kind?: string;
  /** A ref, or the name of a user in the default namespace. */
  actor: string;
  from: string;
  to: string;
}

/** Half a day or a blank narrows nothing. Pure. */
export function toAuditFilter(fields: AuditFilterFields): AuditFilter {
  const moment = (day: string) =>
    DAY.test(day) && !Number.isNaN(Date.parse(day))
      ? new Date(day).toISOString()
      : undefined;
  return {
    organizationId: fields.organizationId,
    kind: fields.kind,
    actor: toRef(fields.actor.trim()),
    from: moment(fields.from),
    to: moment(fields.to),
  };
}

function toRef(actor: string): string | undefined {
  if (actor === '') return undefined;
  return actor.includes(':')
    ? actor
    : `user:default/${actor.toLocaleLowerCase('en-US')}`;
}

/** Narrows the audit log to what, who and when. */
export function AuditFilterBar(props: {
  fields: AuditFilterFields;
  organizations: readonly Organization[];
  onChange: (fields: AuditFilterFields) => void;
}) {
  const t = useTexts();
  const { fields, onChange } = props;
  const field = (name: 'actor' | 'from' | 'to', placeholder: string) => (
    <TextField
      label={t(`audit.${name}`)}
      placeholder={placeholder}
      value={fields[name]}
      onChange={value => onChange({ ...fields, [name]: value })}
    />
  );
  return (
    <FilterRow label={t('action.filter')}>
      <OrganizationSelect
        organizations={props.organizations}
        allowAll
        value={fields.organizationId}
        onChange={organizationId => onChange({ ...fields, organizationId })}
      />
      <Select
        selectionMode="single"
        label={t('audit.kind')}
        search={{ placeholder: t('audit.searchKinds') }}
        options={[
          { id: ANY, label: t('audit.allKinds') },
          ...AUDIT_KINDS.map(kind => ({
            id: kind,
            label: t(`audit.kinds.${kind}`),
          })),
        ]}
        value={fields.kind ?? ANY}
        onChange={key =>
          onChange({ ...fields, kind: key === ANY ? undefined : String(key) })
        }
      />
      {field('actor', 'ana')}
      {field('from', '2026-01-31')}
      {field('to', '2026-02-28')}
    </FilterRow>
  );
}
