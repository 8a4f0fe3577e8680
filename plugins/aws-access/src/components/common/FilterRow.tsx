import { ReactNode } from 'react';
import classes from './FilterRow.module.css';

/** Filters of a list, side by side, each as wide as it needs to be. */
export function FilterRow(props: { label: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={props.label} className={classes.row}>
      {props.children}
    </div>
  );
}
