import { Account } from 'backstage-plugin-aws-access-common';
import {
  ListBox,
  ListBoxItem,
  ListLayout,
  Virtualizer,
} from 'react-aria-components';
import { RiCheckboxBlankLine, RiCheckboxFill } from '@remixicon/react';
import { Texts, useTexts } from '../../hooks/useTexts';
import { EnvironmentChip } from '../common/EnvironmentChip';
import classes from './AccountList.module.css';

/** Every row is as high as this, in pixels: the list draws only what is seen. */
const ROW_HEIGHT = 52;

/** Accounts to tick; thousands of them cost no more than a screenful. */
export function AccountList(props: {
  accounts: readonly Account[];
  /** Ids of the chosen ones, whether they are in the list or not. */
  value: readonly string[];
  onChange: (accountIds: string[]) => void;
  titleOfOwner: (ownerRef: string) => string;
}) {
  const t = useTexts();
  const { accounts, value } = props;
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW_HEIGHT }}>
      <ListBox
        className={classes.list}
        aria-label={t('picker.account.label')}
        selectionMode="multiple"
        // It closes the dialog, and takes nothing back.
        escapeKeyBehavior="none"
        items={accounts}
        // The names of owners come later than the accounts.
        dependencies={[props.titleOfOwner]}
        selectedKeys={new Set(value)}
        disabledKeys={accounts.flatMap(({ id, isProtected }) =>
          isProtected ? [id] : [],
        )}
        onSelectionChange={keys => {
          // "All" is all that is shown; what a filter hides stays chosen.
          const shown = new Set(accounts.map(({ id }) => id));
          const hidden = value.filter(id => !shown.has(id));
          const chosen =
            keys === 'all'
              ? accounts.filter(({ isProtected }) => !isProtected)
              : accounts.filter(({ id }) => keys.has(id));
          props.onChange([...hidden, ...chosen.map(({ id }) => id)]);
        }}
        renderEmptyState={() => (
          <div className={classes.empty}>{t('picker.account.noMatch')}</div>
        )}
      >
        {account => (
          <ListBoxItem
            id={account.id}
            className={classes.row}
            textValue={account.name}
          >
            {({ isSelected }) => (
              <>
                {isSelected ? (
                  <RiCheckboxFill aria-hidden="true" className={classes.box} />
                ) : (
                  <RiCheckboxBlankLine
                    aria-hidden="true"
                    className={classes.box}
                  />
                )}
                <span className={classes.texts}>
                  <span className={classes.name}>{account.name}</span>
                  <span className={classes.about}>
                    {describe(account, props.titleOfOwner, t)}
                  </span>
                </span>
                <EnvironmentChip environment={account.environment} />
              </>
            )}
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  );
}

function describe(
  account: Account,
  titleOfOwner: (ownerRef: string) => string,
  t: Texts,
): string {
  return [
    account.id,
    account.isProtected
      ? t('picker.account.protected')
      : account.ouPath.join(' / '),
    account.ownerRefs?.map(titleOfOwner).join(', '),
  ]
    .filter(Boolean)
    .join(' · ');
}
