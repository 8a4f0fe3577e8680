import { DialogTrigger, Popover } from '@backstage/ui';
import { RiTimeLine } from '@remixicon/react';
import { Button } from 'react-aria-components';
import { useNow } from '../../hooks/useNow';
import { useTexts } from '../../hooks/useTexts';
import { Grant } from '../../model/accessMatrix';
import { formatDuration } from '../../model/formatDuration';
import { ACCESS_LEVEL_TONES } from '../common/AccessLevelChip';
import { Chip } from '../common/Chip';
import classes from './AccessMatrixTable.module.css';
import { GrantDetails } from './GrantDetails';

/** One person's access in one account; opens what is known about it. */
export function GrantButton(props: { grant: Grant }) {
  const t = useTexts();
  const now = useNow();
  const { entry, holder } = props.grant;
  const { name, accessLevel } = entry.permissionSet;
  const left = entry.until ? Date.parse(entry.until) - now : 0;
  return (
    <DialogTrigger>
      <Button
        className={classes.button}
        aria-label={t('team.matrix.open', {
          person: holder.displayName,
          account: entry.account.name,
          access: `${name}, ${t(`accessLevel.${accessLevel}`)}`,
        })}
      >
        <Chip
          tone={ACCESS_LEVEL_TONES[accessLevel]}
          look="outline"
          icon={entry.standing === 'temporary' ? <RiTimeLine /> : undefined}
        >
          {name}
          {left > 0 && ` ${formatDuration(left)}`}
          {holder.reach !== 'usable' &&
            ` · ${t(`team.matrix.${holder.reach}`)}`}
        </Chip>
      </Button>
      <Popover>
        <GrantDetails grant={props.grant} />
      </Popover>
    </DialogTrigger>
  );
}
