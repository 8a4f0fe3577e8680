import { Text } from '@backstage/ui';
import { RiInboxLine } from '@remixicon/react';
import { ReactNode } from 'react';
import classes from './EmptyState.module.css';

/** What would be here, and the next step. */
export function EmptyState(props: {
  title: string;
  body: string;
  icon?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon} aria-hidden="true">
        {props.icon ?? <RiInboxLine />}
      </span>
      <Text as="h3" variant="body-large" weight="bold">
        {props.title}
      </Text>
      <Text color="secondary" className={classes.body}>
        {props.body}
      </Text>
      {props.action}
    </div>
  );
}
