import { Select, TextField } from '@backstage/ui';
import { AccessGroup } from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { describeAccessGroup } from './describeAccessGroup';
import { getSelectProps } from './getSelectProps';
import { PickerFrame, PickerState } from './PickerFrame';

const OTHER = 'other';

/**
 * Chooses an access group that the team has, or another one by its Entra
 * object id: names can look alike, ids do not.
 */
export function AccessGroupPicker(
  props: PickerState & {
    /** Entra object id. */
    value: string | undefined;
    onChange: (entraGroupId: string | undefined) => void;
    /** Those of the team first. */
    items: readonly AccessGroup[];
    /** Called with what is typed: the server finds groups of others. */
    onSearchChange?: (search: string) => void;
  },
) {
  const t = useTexts();
  const { value, items, onChange } = props;
  const isKnown = items.some(({ entraGroupId }) => entraGroupId === value);
  const [wantsOther, setWantsOther] = useState(false);
  // A link may name a group of another team; so may an empty list.
  const isOther =
    wantsOther || (value !== undefined && !isKnown && !props.loading);
  const select = getSelectProps(t, 'accessGroup', {
    ...props,
    // There is always one choice: another group.
    items: [OTHER],
  });
  return (
    <PickerFrame
      {...props}
      label={select.label}
      description={select.description}
      hasItems={items.length > 0}
    >
      <Select
        selectionMode="single"
        {...select}
        search={{
          ...select.search,
          // The server searches ids too, and another group is always a choice.
          filter: ({ id, label: name }, query) =>
            id === OTHER ||
            `${name} ${id}`
              .toLocaleLowerCase()
              .includes(query.toLocaleLowerCase()),
        }}
        options={[
          ...items.map(group => ({
            id: group.entraGroupId,
            label: group.name,
            description: describeAccessGroup(group, t),
            disabled: group.unusableBecause !== null,
          })),
          {
            id: OTHER,
            label: t('picker.accessGroup.other'),
            description: t('picker.accessGroup.otherHint'),
          },
        ]}
        value={isOther ? OTHER : value ?? null}
        onChange={key => {
          setWantsOther(key === OTHER);
          onChange(key === OTHER || key === null ? undefined : String(key));
        }}
      />
      {isOther && (
        <TextField
          label={t('picker.accessGroup.id')}
          description={t('picker.accessGroup.idHint')}
          isRequired
          isDisabled={props.isDisabled}
          isInvalid={Boolean(props.errorMessage)}
          value={value ?? ''}
          onChange={text => onChange(text.trim() || undefined)}
        />
      )}
    </PickerFrame>
  );
}
