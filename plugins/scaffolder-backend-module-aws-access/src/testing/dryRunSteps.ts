import { mockCredentials } from '@backstage/backend-test-utils';
import supertest from 'supertest';
import { EndedTask } from './runTemplate';

/**
 * Runs steps without an effect, as the template editor does, as one of the
 * example company.
 *
 * @throws Error with the scaffolder's answer when it does not take them
 */
export async function dryRunSteps(
  server: Parameters<typeof supertest>[0],
  steps: object[],
  person: string,
): Promise<EndedTask> {
  const answer = await supertest(server)
    .post('/api/scaffolder/v2/dry-run')
    .set('authorization', mockCredentials.user.header(`user:default/${person}`))
    .send({
      template: {
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        kind: 'Template',
        metadata: { name: 'tried', namespace: 'default' },
        spec: { type: 'test', steps },
      },
      values: {},
      directoryContents: [],
    });
  if (answer.status !== 200) throw new Error(answer.text);
  return {
    id: 'dry-run',
    status: 'completed',
    output: answer.body.output,
    log: answer.body.log.map((event: any) => event.body.message),
  };
}
