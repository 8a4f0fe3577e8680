import { Flex, Skeleton } from '@backstage/ui';

/** The outline of a table that is on its way. */
export function RowsSkeleton(props: { rows?: number }) {
  return (
    <Flex direction="column" gap="3" p="4">
      <Skeleton width={180} height={20} />
      {Array.from({ length: props.rows ?? 4 }, (_, index) => (
        <Flex key={index} gap="4" align="center">
          <Skeleton width="22%" height={28} />
          <Skeleton width="10%" height={20} />
          <Skeleton width="24%" height={20} />
          <Skeleton width="20%" height={20} />
          <Skeleton width="12%" height={20} />
        </Flex>
      ))}
    </Flex>
  );
}
