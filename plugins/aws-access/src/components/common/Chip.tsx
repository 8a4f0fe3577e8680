import { ReactNode } from 'react';
import { Tone } from '../../model/Tone';
import classes from './Chip.module.css';

/** A word with a colour: never the colour alone. */
export function Chip(props: {
  tone?: Tone;
  look?: 'filled' | 'outline';
  icon?: ReactNode;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={classes.chip}
      data-tone={props.tone ?? 'neutral'}
      data-look={props.look ?? 'filled'}
      title={props.title}
    >
      {props.icon && (
        <span className={classes.icon} aria-hidden="true">
          {props.icon}
        </span>
      )}
      {props.children}
    </span>
  );
}
