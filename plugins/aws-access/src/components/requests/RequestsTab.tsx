import {
  Button,
  ButtonLink,
  Card,
  CardBody,
  Flex,
  SearchField,
  Select,
  Text,
} from '@backstage/ui';
import {
  RequestState,
  REQUEST_STATES,
} from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import { useRequests } from '../../hooks/useRequests';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { EmptyState } from '../common/EmptyState';
import { FilterRow } from '../common/FilterRow';
import { QueryView } from '../common/QueryView';
import { RowsSkeleton } from '../common/RowsSkeleton';
import { RequestsTable } from './RequestsTable';

const ANY = 'any';

/** Which requests a tab shows. */
export type RequestsViewName = 'inbox' | 'mine' | 'all';

const EMPTY = {
  inbox: ['request.list.emptyInboxTitle', 'request.list.emptyInboxBody'],
  mine: ['request.list.emptyMineTitle', 'request.list.emptyMineBody'],
  all: ['request.list.emptyAllTitle', 'request.list.emptyAllBody'],
} as const satisfies Record<RequestsViewName, unknown>;

/** One list of requests with its filters; more is loaded on demand. */
export function RequestsTab(props: { view: RequestsViewName }) {
  const t = useTexts();
  const routes = useRoutes();
  const [state, setState] = useState<RequestState>();
  const [text, setText] = useState('');
  const query = useRequests({ view: props.view, state });
  const [emptyTitle, emptyBody] = EMPTY[props.view];
  const isFiltered = state !== undefined || text !== '';
  return (
    <Flex direction="column" gap="4" pt="4">
      <FilterRow label={t('action.filter')}>
        <Select
          selectionMode="single"
          label={t('request.list.filterState')}
          options={[
            { id: ANY, label: t('request.list.anyState') },
            ...REQUEST_STATES.map(name => ({
              id: name,
              label: t(`request.state.${name}`),
            })),
          ]}
          value={state ?? ANY}
          onChange={key =>
            setState(key === ANY ? undefined : (String(key) as RequestState))
          }
        />
        <SearchField
          size="small"
          label={t('request.list.filterText')}
          value={text}
          onChange={setText}
        />
      </FilterRow>
      <QueryView query={query} skeleton={<RowsSkeleton rows={6} />}>
        {data => {
          const loaded = data.pages.flatMap(page => page.items);
          const shown = loaded.filter(request =>
            `${request.number} ${request.title} ${request.team}`
              .toLocaleLowerCase()
              .includes(text.toLocaleLowerCase()),
          );
          return (
            <>
              <Card>
                <CardBody>
                  <RequestsTable
                    requests={shown}
                    isStale={query.isPlaceholderData}
                    emptyState={
                      isFiltered ? (
                        <Text color="secondary">
                          {t('request.list.emptyFilter')}
                        </Text>
                      ) : (
                        <EmptyState
                          title={t(emptyTitle)}
                          body={t(emptyBody)}
                          action={
                            props.view === 'mine' ? (
                              <ButtonLink href={routes.requestForm()}>
                                {t('action.requestAccess')}
                              </ButtonLink>
                            ) : undefined
                          }
                        />
                      )
                    }
                  />
                </CardBody>
              </Card>
              {shown.length > 0 && (
                <Flex gap="3" align="center">
                  <Text color="secondary" variant="body-small" role="status">
                    {t('request.list.shown', { number: String(shown.length) })}
                  </Text>
                  {query.hasNextPage && (
                    <Button
                      size="small"
                      variant="secondary"
                      isPending={query.isFetchingNextPage}
                      onPress={() => query.fetchNextPage()}
                    >
                      {t('request.list.more')}
                    </Button>
                  )}
                </Flex>
              )}
            </>
          );
        }}
      </QueryView>
    </Flex>
  );
}
