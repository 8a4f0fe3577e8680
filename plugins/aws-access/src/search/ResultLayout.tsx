import { Link } from '@backstage/ui';
import { ReactNode } from 'react';
import classes from './ResultLayout.module.css';

/** One thing that was found: its name as a link, words beside it, and what it is. */
export function ResultLayout(props: {
  href: string;
  name: string;
  icon?: ReactNode;
  /** Beside the name. */
  chips: ReactNode;
  /** What kind of thing it is, and where. */
  kind: string;
  children?: ReactNode;
}) {
  return (
    <div className={classes.result}>
      {props.icon && (
        <span className={classes.icon} aria-hidden="true">
          {props.icon}
        </span>
      )}
      <div className={classes.content}>
        <div className={classes.line}>
          <Link href={props.href} className={classes.name}>
            {props.name}
          </Link>
          {props.chips}
        </div>
        {props.children}
        <div className={classes.kind}>{props.kind}</div>
      </div>
    </div>
  );
}
