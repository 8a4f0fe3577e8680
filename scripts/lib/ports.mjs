import { connect, createServer } from 'node:net';
import { ExpectedError } from './ExpectedError.mjs';

/** A port that nothing listens on at the moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Refuses with a message that names the port, its use and the ways on. */
export async function refuseTakenPort(port, use, variable) {
  // A browser may try the IPv6 loopback first, and meet another program there.
  const taken =
    (await answers(port, '127.0.0.1')) ||
    (await answers(port, '::1')) ||
    !(await canListen(port));
  if (taken) {
    throw new ExpectedError(
      `Port ${port}, which ${use} needs, is taken by another program: perhaps a demo in another window. ` +
        `End that one, or choose another port with ${variable}=<port> (and another state folder with AWS_ACCESS_STATE=<folder> for a second demo).`,
    );
  }
}

function answers(port, host) {
  return new Promise(resolve => {
    const socket = connect({ port, host });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function canListen(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
