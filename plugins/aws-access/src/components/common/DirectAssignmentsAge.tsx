import { Box, Text } from '@backstage/ui';
import { InventoryStatus } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { RelativeTime } from './RelativeTime';

/**
 * How old the oldest reading of assignments made directly to people is: they are
 * read in turns, and more seldom than the rest.
 */
export function DirectAssignmentsAge(props: {
  status: InventoryStatus['directAssignments'];
}) {
  const t = useTexts();
  const { status } = props;
  if (!status || status.pairs === 0) return null;
  return (
    <Box pt="3">
      <Text as="p" variant="body-small" color="secondary">
        {status.asOf
          ? t('freshness.directAsOf', {
              age: <RelativeTime at={status.asOf} />,
            })
          : t('freshness.directUnread', {
              read: String(status.pairs - status.unread),
              pairs: String(status.pairs),
            })}
      </Text>
    </Box>
  );
}
