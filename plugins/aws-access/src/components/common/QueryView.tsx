import { Alert, Box, Button, Flex } from '@backstage/ui';
import { RiFileSearchLine, RiLock2Line } from '@remixicon/react';
import { UseQueryResult } from '@tanstack/react-query';
import { ReactNode } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { getErrorKind, getErrorMessage } from '../../model/describeError';
import { EmptyState } from './EmptyState';

type QueryState<Data> = Pick<
  UseQueryResult<Data>,
  'data' | 'error' | 'refetch'
>;

/**
 * The states of everything that is loaded: a skeleton before there is data, the
 * reason where there is none, and the old data with a note while a newer state
 * cannot be had.
 */
export function QueryView<Data>(props: {
  query: QueryState<Data>;
  skeleton: ReactNode;
  /** Shown for what does not exist or is not the reader's to see. */
  notFound?: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  const t = useTexts();
  const { data, error, refetch } = props.query;
  if (data === undefined) {
    if (props.notFound && getErrorKind(error) === 'notFound') {
      return <>{props.notFound}</>;
    }
    return error ? (
      <LoadFailure error={error} onTryAgain={() => refetch()} />
    ) : (
      <Box aria-busy="true" role="status" aria-label={t('picker.loading')}>
        {props.skeleton}
      </Box>
    );
  }
  return (
    <Flex direction="column" gap="4">
      {error && (
        <Alert
          status="warning"
          icon
          role="alert"
          title={t('error.refetchTitle')}
          description={t('error.refetchBody', {
            message: getErrorMessage(error),
          })}
          customActions={<TryAgain onPress={() => refetch()} />}
        />
      )}
      {props.children(data)}
    </Flex>
  );
}

/** Why there is nothing to show, whether anything changed, and who can help. */
export function LoadFailure(props: { error: Error; onTryAgain: () => void }) {
  const t = useTexts();
  const message = getErrorMessage(props.error);
  switch (getErrorKind(props.error)) {
    case 'notFound':
      return (
        <EmptyState
          icon={<RiFileSearchLine />}
          title={t('error.notFoundTitle')}
          body={t('error.notFoundBody')}
        />
      );
    case 'forbidden':
      return (
        <EmptyState
          icon={<RiLock2Line />}
          title={t('error.forbiddenTitle')}
          body={t('error.forbiddenBody', { message })}
        />
      );
    default:
      return (
        <Alert
          status="danger"
          icon
          role="alert"
          title={t('error.loadTitle')}
          description={`${t('error.whatHappened', { message })} ${t(
            'error.loadNothingChanged',
          )}`}
          customActions={<TryAgain onPress={props.onTryAgain} />}
        />
      );
  }
}

function TryAgain(props: { onPress: () => void }) {
  const t = useTexts();
  return (
    <Button size="small" variant="secondary" onPress={props.onPress}>
      {t('action.tryAgain')}
    </Button>
  );
}
