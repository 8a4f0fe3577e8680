import { mockCredentials } from '@backstage/backend-test-utils';
import { setTimeout } from 'node:timers/promises';
import supertest from 'supertest';

/** A task that has ended, as the scaffolder tells of it. */
export interface EndedTask {
  id: string;
  status: 'completed' | 'failed';
  /** What `output` of the template came to. */
  output: {
    links?: Array<{ title: string; url: string }>;
    text?: Array<{ title: string; content: string }>;
  };
  log: string[];
}

type Server = Parameters<typeof supertest>[0];

/**
 * Runs a template to its end, as one of the example company.
 *
 * @throws Error with the scaffolder's answer when it does not start it
 */
export async function runTemplate(
  server: Server,
  name: string,
  values: object,
  person: string,
): Promise<EndedTask> {
  const created = await supertest(server)
    .post('/api/scaffolder/v2/tasks')
    .set('authorization', mockCredentials.user.header(`user:default/${person}`))
    .send({ templateRef: `template:default/${name}`, values });
  if (created.status !== 201) throw new Error(created.text);
  return endOfTask(server, created.body.id, person);
}

/** Runs a task that has failed again, as the scaffolder's page offers. */
export async function retryTask(
  server: Server,
  id: string,
  person: string,
): Promise<EndedTask> {
  const response = await supertest(server)
    .post(`/api/scaffolder/v2/tasks/${id}/retry`)
    .set('authorization', mockCredentials.user.header(`user:default/${person}`))
    .send({ secrets: {} });
  if (response.status !== 201) throw new Error(response.text);
  return endOfTask(server, id, person);
}

/** Looks until the task has ended. */
export async function endOfTask(
  server: Server,
  id: string,
  person: string,
): Promise<EndedTask> {
  const get = (path: string) =>
    supertest(server)
      .get(`/api/scaffolder/v2/tasks/${id}${path}`)
      .set(
        'authorization',
        mockCredentials.user.header(`user:default/${person}`),
      );
  for (;;) {
    const { body: task } = await get('');
    if (task.status === 'completed' || task.status === 'failed') {
      const { body: events } = await get('/events');
      const end = events.find((event: any) => event.type === 'completion');
      return {
        id,
        status: task.status,
        output: end.body.output ?? {},
        log: events.map((event: any) => event.body.message),
      };
    }
    await setTimeout(10);
  }
}
