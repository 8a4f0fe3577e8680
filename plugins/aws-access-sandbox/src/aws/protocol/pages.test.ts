import { paginateListAccounts } from '@aws-sdk/client-organizations';
import {
  ListPermissionSetsCommand,
  paginateListPermissionSets,
} from '@aws-sdk/client-sso-admin';
import { exampleAccounts, examplePermissionSets } from '../../seed';
import { startSandbox } from '../../server/startSandbox';
import { awsClients, wideLimits } from '../../testing/awsClients';
import { InstanceArn } from '../../testing/SsoAdminDriver';

describe('list pages', () => {
  it('behaviour 20: opaque tokens, short pages', async () => {
    const sandbox = await startSandbox({
      limits: wideLimits,
      weather: {
        rules: [
          {
            match: { service: 'sso-admin' },
            fault: { type: 'shortPage', atMost: 2 },
          },
        ],
      },
    });
    const { ssoAdmin } = awsClients(sandbox.url);
    try {
      const sizes: number[] = [];
      const arns: string[] = [];
      for await (const { PermissionSets = [] } of paginateListPermissionSets(
        { client: ssoAdmin, pageSize: 5 },
        { InstanceArn },
      )) {
        sizes.push(PermissionSets.length);
        arns.push(...PermissionSets);
      }
      expect(sizes).toEqual([2, 2, 2, 2, 2, 2]);
      expect(arns).toEqual(examplePermissionSets.map(({ arn }) => arn));

      const list = (NextToken?: string) =>
        ssoAdmin.send(
          new ListPermissionSetsCommand({ InstanceArn, NextToken }),
        );
      const { NextToken } = await list();
      expect(NextToken).toMatch(/^[-a-zA-Z0-9+=/_]{16,}$/);
      const second = await list(NextToken);
      expect(second.PermissionSets).toEqual(arns.slice(2, 4));
      await expect(list('bm90aGluZw')).rejects.toMatchObject({
        name: 'ValidationException',
      });
    } finally {
      await sandbox.stop();
    }
  });

  it('behaviour 21: empty Organizations pages', async () => {
    const sandbox = await startSandbox({
      limits: wideLimits,
      weather: {
        rules: [
          {
            match: { service: 'organizations' },
            fault: { type: 'shortPage', atMost: 0 },
            count: 2,
          },
        ],
      },
    });
    try {
      const pages: (string | undefined)[][] = [];
      const tokens = new Set<string | undefined>();
      for await (const { Accounts = [], NextToken } of paginateListAccounts(
        { client: awsClients(sandbox.url).organizations },
        {},
      )) {
        pages.push(Accounts.map(({ Id }) => Id));
        tokens.add(NextToken);
      }
      // Clients give up on a token that comes twice.
      expect(tokens.size).toBe(pages.length);
      expect(pages).toEqual([[], [], exampleAccounts.map(({ id }) => id)]);
    } finally {
      await sandbox.stop();
    }
  });
});
