import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createThrowAwayCertificate } from './createThrowAwayCertificate';

/**
 * TLS in front of a sandbox.
 * @public
 */
export interface TlsFront {
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  /** What a client has to trust, in PEM form. */
  readonly certificate: string;
  stop(): Promise<void>;
}

/**
 * Puts TLS with a throw-away certificate in front of a sandbox, on a free port of
 * this machine: libraries for Entra talk to nothing else.
 *
 * @param sandboxUrl - where the sandbox listens
 * @public
 */
export async function startTlsFront(sandboxUrl: string): Promise<TlsFront> {
  const { certificate, privateKey } = createThrowAwayCertificate();
  const server = createServer(
    { cert: certificate, key: privateKey },
    (incoming, outgoing) => {
      const onward = request(
        new URL(incoming.url ?? '/', sandboxUrl),
        {
          method: incoming.method,
          headers: { ...incoming.headers, 'x-forwarded-proto': 'https' },
        },
        answer => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    },
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    certificate,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
