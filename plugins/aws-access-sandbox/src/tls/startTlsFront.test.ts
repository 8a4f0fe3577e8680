import { once } from 'node:events';
import { request } from 'node:https';
import { startSandbox } from '../server/startSandbox';
import { startTlsFront } from './startTlsFront';

it('speaks TLS for a sandbox, to those who trust its certificate', async () => {
  const sandbox = await startSandbox();
  const front = await startTlsFront(sandbox.url);
  const read = async (ca?: string) => {
    const asked = request(
      `${front.url}/contoso/v2.0/.well-known/openid-configuration`,
      { ca },
    ).end();
    const [answer] = await once(asked, 'response');
    return JSON.parse(Buffer.concat(await answer.toArray()).toString());
  };
  try {
    expect(await read(front.certificate)).toMatchObject({
      token_endpoint: `${front.url}/contoso/oauth2/v2.0/token`,
    });
    await expect(read()).rejects.toThrow(/self-signed/);
  } finally {
    await front.stop();
    await sandbox.stop();
  }
});
