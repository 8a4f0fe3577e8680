import { FieldLabel, Text } from '@backstage/ui';
import { OrganizationalUnitEntry } from 'backstage-plugin-aws-access-common';
import { useId, useMemo } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { pathToUnit, treeOfUnits } from '../../model/unitTree';
import { OrganizationalUnitTree } from './OrganizationalUnitTree';
import classes from './OrganizationalUnitPicker.module.css';
import { PickerFrame } from './PickerFrame';
import { SingleChoiceState } from './SingleChoice';

/** Chooses an organizational unit out of the tree of them, by id. */
export function OrganizationalUnitPicker(
  props: SingleChoiceState<OrganizationalUnitEntry>,
) {
  const t = useTexts();
  const labelId = useId();
  const units = useMemo(() => treeOfUnits(props.items), [props.items]);
  const label = props.label ?? t('picker.organizationalUnit.label');
  const description =
    props.description ?? t('picker.organizationalUnit.description');
  const chosen = pathToUnit(units, props.value);
  return (
    <PickerFrame
      {...props}
      label={label}
      description={description}
      hasItems={props.items.length > 0}
    >
      <FieldLabel
        id={labelId}
        label={label}
        description={description}
        secondaryLabel={
          props.isRequired ? t('picker.account.required') : undefined
        }
      />
      {units.length === 0 ? (
        <Text color="secondary">{t('picker.organizationalUnit.empty')}</Text>
      ) : (
        <div className={classes.frame}>
          <OrganizationalUnitTree
            labelledBy={labelId}
            units={units}
            value={props.value}
            isDisabled={props.isDisabled}
            onChange={props.onChange}
          />
        </div>
      )}
      <Text variant="body-small" color="secondary" aria-live="polite">
        {chosen.length > 0 &&
          t('picker.organizationalUnit.chosen', {
            path: chosen.map(({ name }) => name).join(' / '),
            id: props.value!,
          })}
      </Text>
    </PickerFrame>
  );
}
