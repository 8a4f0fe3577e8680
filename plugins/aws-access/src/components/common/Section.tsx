import { Card, CardBody, CardHeader, Flex, Text } from '@backstage/ui';
import { ReactNode, useId } from 'react';

/** A titled part of a page, reachable as a region by screen readers. */
export function Section(props: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const titleId = useId();
  return (
    <Card role="region" aria-labelledby={titleId}>
      <CardHeader>
        <Flex justify="between" align="center" gap="3">
          <Text as="h3" id={titleId} variant="title-x-small" weight="bold">
            {props.title}
          </Text>
          {props.aside}
        </Flex>
      </CardHeader>
      <CardBody>{props.children}</CardBody>
    </Card>
  );
}
