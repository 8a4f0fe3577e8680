import { Button } from '@backstage/ui';
import {
  RiCheckLine,
  RiErrorWarningLine,
  RiRefreshLine,
} from '@remixicon/react';
import {
  Freshness,
  InventoryPartStatus,
  InventoryStatus,
} from 'backstage-plugin-aws-access-common';
import { Texts, useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import classes from './FreshnessLine.module.css';
import { RelativeTime } from './RelativeTime';

/**
 * How old a view is and what is missing from it:
 * `as of 2 min ago · complete`.
 */
export function FreshnessLine(props: {
  freshness: Freshness;
  /** Shows a refresh button when given. */
  onRefresh?: () => void;
  refresh?: InventoryStatus['refresh'];
  refreshError?: Error | null;
}) {
  const t = useTexts();
  const { freshness, refresh } = props;
  const isBad =
    freshness.stale || (!freshness.complete && !findUnread(freshness));
  const Icon = isBad ? RiErrorWarningLine : RiCheckLine;
  return (
    <span className={classes.line} role="status">
      <Icon className={classes.icon} aria-hidden="true" />
      <span>
        {freshness.asOf
          ? t('freshness.asOf', { age: <RelativeTime at={freshness.asOf} /> })
          : t('freshness.never')}
      </span>
      <span aria-hidden="true">·</span>
      <span className={isBad ? classes.warning : undefined}>
        {describeCompleteness(freshness, t)}
      </span>
      {refresh?.running && refresh.progress && (
        <span>
          {t('freshness.readingPart', {
            part: t(`inventoryPart.${refresh.progress.part}`),
            done: String(refresh.progress.done),
          })}
        </span>
      )}
      {props.onRefresh && (
        <Button
          size="small"
          variant="tertiary"
          iconStart={<RiRefreshLine aria-hidden="true" />}
          isPending={refresh?.running}
          onPress={props.onRefresh}
        >
          {refresh?.running
            ? t('freshness.refreshing')
            : t('freshness.refresh')}
        </Button>
      )}
      {props.refreshError && (
        <span className={classes.failure}>
          {t('freshness.refreshFailed', {
            message: getErrorMessage(props.refreshError),
          })}
        </span>
      )}
    </span>
  );
}

/** What is read in turns and goes on, where that is all that is missing. */
function findUnread({ parts }: Freshness): InventoryPartStatus['unread'] {
  return parts.every(({ complete, unread }) => complete || unread)
    ? parts.find(({ unread }) => unread)?.unread
    : undefined;
}

function describeCompleteness(freshness: Freshness, t: Texts): string {
  const unread = findUnread(freshness);
  if (unread && !freshness.stale) {
    return t('freshness.completeBut', {
      unread: String(unread.count),
      pairs: String(unread.of),
    });
  }
  const broken = freshness.parts.filter(part => !part.complete && !part.unread);
  const parts = broken.map(({ part }) => t(`inventoryPart.${part}`)).join(', ');
  const reason = broken.find(part => part.reason)?.reason;
  if (!freshness.complete && reason) {
    return t('freshness.incompleteBecause', { parts, reason });
  }
  if (!freshness.complete && !unread) {
    return t('freshness.incomplete', { parts });
  }
  return freshness.stale ? t('freshness.stale') : t('freshness.complete');
}
