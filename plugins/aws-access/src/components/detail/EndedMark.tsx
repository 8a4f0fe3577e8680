import { EndedPart } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { Chip } from '../common/Chip';
import { PersonLink } from '../common/PersonLink';
import { RelativeTime } from '../common/RelativeTime';
import classes from './detail.module.css';

/** Beside what was approved: it has ended, when and by whom. */
export function EndedMark({ part }: { part: EndedPart | undefined }) {
  const t = useTexts();
  if (!part) return null;
  const at = <RelativeTime at={part.at} />;
  return (
    <span className={classes.inline}>
      <Chip>{t('detail.ended')}</Chip>
      <span className={classes.endedNote}>
        {part.by
          ? t('detail.endedAtBy', {
              at,
              person: <PersonLink person={part.by} />,
            })
          : at}
      </span>
    </span>
  );
}
