import { Router } from 'express';
import type { SandboxContext } from '../server/SandboxContext';
import { recordSignIn } from '../server/recordSignIn';
import { accessOfPerson } from './accessOfPerson';
import { pageNumber } from './pager';
import { portalPage } from './portalPage';
import { queryText } from './queryText';
import { sendPage } from './sendPage';

/** The fake AWS access portal: looking at it changes nothing, opening a role is a sign-in that the trails tell. */
export function createPortalRouter(
  context: Pick<SandboxContext, 'store' | 'clock' | 'switches'>,
): Router {
  const { store } = context;
  const router = Router();
  router.get('/', ({ query }, response) => {
    const accountId = queryText(query.account);
    const permissionSetArn = queryText(query.role);
    sendPage(
      response,
      portalPage(store, {
        person: queryText(query.person),
        search: queryText(query.search) ?? '',
        page: pageNumber(query.page),
        opened:
          accountId && permissionSetArn
            ? { accountId, permissionSetArn }
            : undefined,
      }),
    );
  });
  router.post('/open', ({ body }, response) => {
    const { person, accountId, permissionSetArn } = body;
    const access = accessOfPerson(store, String(person));
    const role = access?.roles.find(
      candidate =>
        candidate.accountId === accountId &&
        candidate.permissionSetArn === permissionSetArn,
    );
    if (!access?.userId || !role) {
      // The access ended while the page was open: show what is left of it.
      const gone = new URLSearchParams({ person: String(person) });
      response.redirect(303, `/sandbox/portal?${gone}`);
      return;
    }
    recordSignIn(context, { userId: access.userId, role });
    const opened = new URLSearchParams({
      person,
      account: role.accountId,
      role: role.permissionSetArn,
    });
    response.redirect(303, `/sandbox/portal?${opened}`);
  });
  return router;
}
