import { Flex, Text } from '@backstage/ui';
import { RiCheckLine } from '@remixicon/react';
import classes from './AllIsWell.module.css';

/** That a list of troubles is empty is good news, and needs one line. */
export function AllIsWell(props: { title: string; body: string }) {
  return (
    <Flex gap="2" align="start">
      <RiCheckLine className={classes.icon} aria-hidden="true" />
      <Text>
        <strong>{props.title}.</strong>{' '}
        <Text as="span" color="secondary">
          {props.body}
        </Text>
      </Text>
    </Flex>
  );
}
