import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  FieldLabel,
  Flex,
} from '@backstage/ui';
import { RiBuilding2Line } from '@remixicon/react';
import { Account } from 'backstage-plugin-aws-access-common';
import { useEffect, useId, useState } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { Readable } from '../common/Readable';
import { AccountBrowser } from './AccountBrowser';
import { ChosenTags } from './ChosenTags';
import { PickerFrame, PickerState } from './PickerFrame';

/** Accounts to choose from, which come a page at a time. */
export interface AccountChoices {
  items: readonly Account[];
  /** How many there are, loaded or not. */
  totalItems?: number;
  /** Asks for the pages that are missing. */
  loadAll?: () => void;
}

/** Chooses AWS accounts by search, tree of units, environment and owner. */
export function AccountPicker(
  props: PickerState &
    AccountChoices & {
      /** Account ids. */
      value: readonly string[];
      onChange: (accountIds: string[]) => void;
    },
) {
  const t = useTexts();
  const labelId = useId();
  const buttonId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { value, items, loadAll, totalItems = items.length } = props;
  const byId = new Map(items.map(account => [account.id, account]));
  const isPartial = items.length < totalItems && !props.error;
  // What a link has chosen may be on a later page.
  const needsAll = isOpen || value.some(id => !byId.has(id));
  useEffect(() => {
    if (needsAll && isPartial) loadAll?.();
  }, [needsAll, isPartial, loadAll]);

  const label = props.label ?? t('picker.account.label');
  const isEmpty = items.length === 0 && !props.error;
  return (
    <PickerFrame
      {...props}
      label={label}
      description={props.description ?? t('picker.account.description')}
      hasItems={items.length > 0}
    >
      <FieldLabel
        id={labelId}
        label={label}
        description={props.description ?? t('picker.account.description')}
        secondaryLabel={
          props.isRequired ? t('picker.account.required') : undefined
        }
      />
      <Flex>
        <Button
          id={buttonId}
          variant="secondary"
          iconStart={<RiBuilding2Line aria-hidden="true" />}
          aria-labelledby={`${buttonId} ${labelId}`}
          aria-haspopup="dialog"
          isDisabled={props.isDisabled || isEmpty}
          onPress={() => setIsOpen(true)}
        >
          {isEmpty
            ? t('picker.account.empty')
            : t('picker.account.placeholder')}
        </Button>
      </Flex>
      <ChosenTags
        label={t('picker.account.chosen')}
        isDisabled={props.isDisabled}
        items={value.map(id => ({
          id,
          text: `${nameOf(id)} · ${id}`,
        }))}
        onRemove={ids => props.onChange(value.filter(id => !ids.includes(id)))}
      />
      {isOpen && (
        <Dialog isOpen isDismissable width={880} onOpenChange={setIsOpen}>
          <Readable>
            <DialogHeader>{label}</DialogHeader>
            <DialogBody>
              <AccountBrowser
                accounts={items}
                progress={
                  isPartial
                    ? t('picker.account.progress', {
                        loaded: items.length.toLocaleString(),
                        total: totalItems.toLocaleString(),
                      })
                    : undefined
                }
                value={value}
                onChange={props.onChange}
              />
            </DialogBody>
            <DialogFooter>
              <Button variant="primary" onPress={() => setIsOpen(false)}>
                {t('picker.account.done')}
              </Button>
            </DialogFooter>
          </Readable>
        </Dialog>
      )}
    </PickerFrame>
  );

  function nameOf(id: string): string {
    const name = byId.get(id)?.name;
    if (name) return name;
    return isPartial ? t('picker.loading') : t('picker.account.unknown');
  }
}
