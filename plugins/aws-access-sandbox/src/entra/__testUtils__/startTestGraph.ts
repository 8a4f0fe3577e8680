import {
  Client,
  Context,
  HTTPMessageHandler,
  Middleware,
} from '@microsoft/microsoft-graph-client';
import express from 'express';
import { once } from 'events';
import { createServer } from 'http';
import { AddressInfo } from 'net';
import { SandboxClock } from '../../clock/SandboxClock';
import { runDueScimCycles } from '../../scim';
import { exampleClouds, exampleCompany, seedExampleCompany } from '../../seed';
import { recordExchanges } from '../../server/recordExchanges';
import { SandboxStore } from '../../store/SandboxStore';
import { createGraphRouter } from '../createGraphRouter';
import { createTokenRouter } from '../createTokenRouter';

/**
 * The Graph client sends no Authorization header over plain http by itself, so
 * that a token cannot leak; loopback needs this in front.
 */
class BearerHandler implements Middleware {
  private next?: Middleware;

  constructor(private readonly token: string | undefined) {}

  setNext(next: Middleware): void {
    this.next = next;
  }

  async execute(context: Context): Promise<void> {
    const headers = new Headers(context.options?.headers as HeadersInit);
    if (this.token) {
      headers.set('Authorization', `Bearer ${this.token}`);
    }
    context.options = {
      ...context.options,
      headers: Object.fromEntries(headers),
    };
    await this.next!.execute(context);
  }
}

/** The client follows absolute links only over https. */
export const pathOfLink = (link: string) => link.split(/\/(?:v1\.0|beta)/)[1];

/** An object of an answer, as a test looks at it. */
export type Answered = Record<string, any>;

/** A sandbox Graph on a free port with the example company in memory. */
export async function startTestGraph() {
  const store = SandboxStore.open(':memory:');
  let now = Date.parse('2026-11-24T08:00:00.000Z');
  const clock = new SandboxClock(store, () => now);
  const context = { store, clock };
  seedExampleCompany(context);
  const app = express();
  if (process.env.AWS_ACCESS_SANDBOX_RECORD) {
    app.use(recordExchanges(process.env.AWS_ACCESS_SANDBOX_RECORD));
  }
  app.use((_request, _response, next) => {
    runDueScimCycles(context);
    next();
  });
  app.use('/v1.0', createGraphRouter(context));
  app.use('/beta', createGraphRouter(context));
  app.use(createTokenRouter(context));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const client = (
    token: string | undefined = exampleClouds.credentials.portalToken,
    version = 'v1.0',
  ) => {
    const bearer = new BearerHandler(token || undefined);
    bearer.setNext(new HTTPMessageHandler());
    return Client.initWithMiddleware({
      middleware: bearer,
      baseUrl: `${url}/`,
      defaultVersion: version,
    });
  };

  return {
    ...context,
    url,
    client,
    /** Ida's client, with every permission. */
    administrator: () => client(exampleClouds.credentials.administratorToken),
    /** The items of all pages of a list, and the last page itself. */
    readAll: async (path: string) => {
      let page = await client(exampleClouds.credentials.administratorToken)
        .api(path)
        .get();
      const items: Answered[] = [...page.value];
      while (page['@odata.nextLink']) {
        page = await client(exampleClouds.credentials.administratorToken)
          .api(pathOfLink(page['@odata.nextLink']))
          .get();
        items.push(...page.value);
      }
      return { items, last: page };
    },
    /** Moves the sandbox ahead, as the people's page does. */
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      store.close();
    },
  };
}

/** A person of the example company by catalog name. */
export const person = (name: string) =>
  exampleCompany.people.find(candidate => candidate.name === name)!;

/** A group of the example company. */
export const exampleGroup = (displayName: string) =>
  exampleCompany.groups.find(group => group.displayName === displayName)!;

/** The body of a new security group that the portal owns. */
export const newGroup = (displayName: string, more: object = {}) => ({
  displayName,
  mailEnabled: false,
  mailNickname: 'sandbox',
  securityEnabled: true,
  'owners@odata.bind': [
    `https://graph.microsoft.com/v1.0/servicePrincipals/${exampleClouds.entra.portal.servicePrincipalId}`,
  ],
  ...more,
});

/** The body of a reference to an object. */
export const reference = (id: string) => ({
  '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
});

/** What a promise is rejected with. */
export async function refusal(promise: Promise<unknown>) {
  try {
    await promise;
  } catch (error) {
    return error as {
      statusCode: number;
      code: string;
      message: string;
      body: string;
      headers?: Headers;
    };
  }
  throw new Error('The call was expected to be refused');
}
