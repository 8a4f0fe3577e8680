import { Container, Header } from '@backstage/ui';
import { ReactNode } from 'react';
import { Readable } from '../common/Readable';
import classes from './PageFrame.module.css';

/** A page of the plugin, under whatever header the portal gives it. */
export function PageFrame(props: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Readable>
      <Header
        title={props.title}
        customActions={
          props.actions && (
            <div className={classes.actions}>{props.actions}</div>
          )
        }
      />
      <Container pb="8">{props.children}</Container>
    </Readable>
  );
}
