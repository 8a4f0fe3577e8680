import {
  Client,
  type Context,
  HTTPMessageHandler,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import { exampleClouds } from '../seed';

/** The Graph client sends no token over plain http by itself, so that none can leak; loopback needs this in front. */
class BearerHandler implements Middleware {
  private next?: Middleware;

  setNext(next: Middleware): void {
    this.next = next;
  }

  async execute(context: Context): Promise<void> {
    context.options = {
      ...context.options,
      headers: {
        ...Object.fromEntries(
          new Headers(context.options?.headers as HeadersInit),
        ),
        Authorization: `Bearer ${exampleClouds.credentials.portalToken}`,
      },
    };
    await this.next!.execute(context);
  }
}

/** The unchanged Microsoft Graph client, without its retries: tests want to see what they would hide. */
export function graphClient(url: string): Client {
  const bearer = new BearerHandler();
  bearer.setNext(new HTTPMessageHandler());
  return Client.initWithMiddleware({
    middleware: bearer,
    baseUrl: `${url}/`,
    defaultVersion: 'v1.0',
  });
}
