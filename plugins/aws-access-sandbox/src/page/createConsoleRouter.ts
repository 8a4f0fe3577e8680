import { Router } from 'express';
import type { SandboxContext } from '../server/SandboxContext';
import { changeInConsole } from './changeInConsole';
import { consolePage } from './consolePage';
import { pageNumber } from './pager';
import { queryText } from './queryText';
import { sendPage } from './sendPage';

/** The console of Identity Center, as far as people change assignments in it. */
export function createConsoleRouter(
  context: Pick<SandboxContext, 'store' | 'clock' | 'switches'>,
): Router {
  const { store } = context;
  const router = Router();
  router.get('/', ({ query }, response) => {
    sendPage(
      response,
      consolePage(store, {
        search: queryText(query.search) ?? '',
        page: pageNumber(query.page),
      }),
    );
  });
  // Answers with the page itself: assigning or removing twice does no harm, so it may be sent again.
  router.post('/', ({ body }, response) => {
    const outcome = changeInConsole(context, body);
    response.status(outcome.isRefusal ? 400 : 200);
    sendPage(response, consolePage(store, { search: '', page: 1, outcome }));
  });
  return router;
}
