import { Fragment } from 'react';
import { Text } from '@backstage/ui';
import { Holder } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { getPersonKey } from '../../model/accessMatrix';
import { PersonLink } from '../common/PersonLink';

/** Names shown before "and 12 more": a cell should stay a cell. */
const SHOWN = 3;

/** People as links, the first few of them. */
export function PeopleList(props: { people: readonly Holder[] }) {
  const t = useTexts();
  const hidden = props.people.length - SHOWN;
  if (props.people.length === 0) {
    return <Text color="secondary">{t('team.table.nobody')}</Text>;
  }
  return (
    <span title={props.people.map(person => person.displayName).join(', ')}>
      {props.people.slice(0, SHOWN).map((person, index) => (
        <Fragment key={getPersonKey(person)}>
          {index > 0 && ', '}
          <PersonLink person={person} />
        </Fragment>
      ))}
      {hidden > 0 && ` ${t('preview.more', { hidden: String(hidden) })}`}
    </span>
  );
}
