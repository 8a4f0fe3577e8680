import { Alert, Button, Container, Flex } from '@backstage/ui';
import { useEffect } from 'react';
import { DemoPerson } from './readDemoPeople';

const RETRY_AFTER_MS = 2000;

/**
 * Shown while somebody cannot be signed in. A portal that has just started
 * answers "not found" until it has read the catalog, so that is tried again by
 * itself; anything else waits for the visitor.
 */
export function NotSignedInYet(props: {
  person: DemoPerson;
  error?: Error;
  onRetry: () => void;
  onCancel: () => void;
}) {
  const { person, error, onRetry, onCancel } = props;
  const catalogIsBeingRead =
    (error?.cause as Error | undefined)?.name === 'NotFoundError';

  useEffect(() => {
    if (!catalogIsBeingRead) {
      return undefined;
    }
    const timer = setTimeout(onRetry, RETRY_AFTER_MS);
    return () => clearTimeout(timer);
  }, [catalogIsBeingRead, onRetry]);

  return (
    <Container>
      <Flex direction="column" gap="4" my="8">
        {catalogIsBeingRead ? (
          <Alert
            status="info"
            isPending
            title="The portal is still reading its catalog"
            description={`${person.name} will be signed in as soon as that is done.`}
          />
        ) : (
          <Alert
            status="danger"
            icon
            title={`${person.name} could not be signed in`}
            description={error?.message}
          />
        )}
        <Flex gap="2">
          <Button onPress={onRetry}>Try again</Button>
          <Button variant="secondary" onPress={onCancel}>
            Be somebody else
          </Button>
        </Flex>
      </Flex>
    </Container>
  );
}
