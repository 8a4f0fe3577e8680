import {
  coreServices,
  createServiceFactory,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { setTimeout } from 'node:timers/promises';
import { createTestDatabases } from '../testing/databases';
import { permissionSetArn } from '../testing/planOf';
import { ReadWorld } from '../testing/ReadWorld';
import { fileInput } from '../testing/RequestWorld';

jest.setTimeout(60_000);

type Line = [message: string, meta: any];

describe('the log', () => {
  const databases = createTestDatabases();

  it('security rule 30: tells the life of a request by its id, and of nobody by name', async () => {
    const lines: Line[] = [];
    const say = (message: string, meta?: unknown) =>
      void lines.push([message, meta]);
    const logger: LoggerService = {
      error: say,
      warn: say,
      info: say,
      debug: say,
      child: () => logger,
    };
    const world = await ReadWorld.start(
      await databases.initMigrated('SQLITE_3'),
      {
        organization: { writes: 'on' },
        features: [
          // It is told who did what, which is what it is for.
          mockServices.auditor.mock({
            createEvent: async () => ({
              success: async () => {},
              fail: async () => {},
            }),
          }).factory,
          createServiceFactory({
            service: coreServices.logger,
            deps: {},
            factory: () => logger,
          }),
        ],
      },
    );
    try {
      const { body: filed } = await world
        .post(
          '/requests',
          'ana',
          fileInput({
            permissionSet: permissionSetArn('ReadOnly'),
            justification: 'Zebra: the leaked key of a customer',
          }),
        )
        .expect(200);
      await world
        .post(`/requests/${filed.id}/comments`, 'ana', { text: 'Yak knows' })
        .expect(200);
      await world
        .post(`/requests/${filed.id}/decisions`, 'otto', {
          verdict: 'approve',
          planVersion: filed.planVersion,
          planDigest: filed.planDigest,
        })
        .expect(200);
      const until = async (state: string) => {
        while ((await world.stores.requests.get(filed.id))!.state !== state) {
          await setTimeout(20);
        }
      };
      await until('active');
      await world
        .post(`/requests/${filed.id}/return`, 'ana', { reason: 'Gnu is done' })
        .expect(200);
      await until('ended');

      const own = lines.filter(([, meta]) => meta?.requestId === filed.id);
      expect(own.map(([, { event }]) => event)).toEqual(
        expect.arrayContaining([
          'request.filed',
          'request.commented',
          'request.approved',
          'cloud.write-confirmed',
          'request.returned',
        ]),
      );
      expect(own.map(([, { to }]) => to)).toEqual(
        expect.arrayContaining(['approved', 'active', 'ending', 'ended']),
      );
      for (const [message] of own) expect(message).toContain(filed.id);

      const telling = lines
        .map(line => JSON.stringify(line))
        .filter(line =>
          /zebra|yak|gnu|\bana\b|Alves|\botto\b|Olsen|user:default/i.test(line),
        );
      expect(telling).toEqual([]);
    } finally {
      await world.stop();
    }
  });
});
