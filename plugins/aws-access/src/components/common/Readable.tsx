import { ReactNode } from 'react';
import classes from './Readable.module.css';

/** Secondary text that can be read on every surface of both themes. */
export function Readable(props: { children: ReactNode }) {
  return (
    <div className={classes.measure}>
      <div className={classes.readable}>{props.children}</div>
    </div>
  );
}
