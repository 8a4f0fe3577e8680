import { z } from 'zod';
import { defineOperation } from '../protocol/AwsService';
import { toEpochSeconds } from '../protocol/timestamps';
import {
  type AccountRow,
  describeAccount,
  organizationsPage,
  requireAccount,
  requireOrganization,
} from './rows';
import { AccountId, paging, ServicePrincipal } from './shapes';

const describeOrganization = defineOperation({
  name: 'DescribeOrganization',
  input: z.object({}),
  handle(_input, call) {
    const row = requireOrganization(call);
    return {
      Organization: {
        Id: row.id,
        Arn: row.arn,
        FeatureSet: 'ALL',
        MasterAccountArn: `${row.arn.replace(':organization/', ':account/')}/${
          row.management_account_id
        }`,
        MasterAccountId: row.management_account_id,
        MasterAccountEmail: row.management_account_email,
        AvailablePolicyTypes: [
          { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' },
        ],
      },
    };
  },
});

const listAccounts = defineOperation({
  name: 'ListAccounts',
  input: z.object(paging),
  handle(input, call) {
    requireOrganization(call);
    const { rows, NextToken } = organizationsPage(call, input, (after, limit) =>
      call.context.store.all<AccountRow>(
        'SELECT * FROM aws_accounts WHERE seq > ? ORDER BY seq LIMIT ?',
        [after, limit],
      ),
    );
    return { Accounts: rows.map(row => describeAccount(call, row)), NextToken };
  },
});

const describeAccountOperation = defineOperation({
  name: 'DescribeAccount',
  input: z.object({ AccountId }),
  handle(input, call) {
    const row = requireAccount(call, input.AccountId);
    return { Account: describeAccount(call, row) };
  },
});

const listDelegatedAdministrators = defineOperation({
  name: 'ListDelegatedAdministrators',
  input: z.object({ ServicePrincipal: ServicePrincipal.optional(), ...paging }),
  handle(input, call) {
    requireOrganization(call);
    const { rows, NextToken } = organizationsPage(call, input, (after, limit) =>
      call.context.store.all<AccountRow & { enabled_at: number }>(
        `SELECT account.*, min(administrator.enabled_at) AS enabled_at
         FROM aws_delegated_administrators AS administrator CROSS JOIN aws_accounts AS account
           ON account.id = administrator.account_id
         WHERE account.seq > :after AND (:principal IS NULL OR administrator.service_principal = :principal)
         GROUP BY account.id ORDER BY account.seq LIMIT :limit`,
        { after, limit, principal: input.ServicePrincipal ?? null },
      ),
    );
    return {
      DelegatedAdministrators: rows.map(row => {
        const { Paths: _paths, ...account } = describeAccount(call, row);
        return {
          ...account,
          DelegationEnabledDate: toEpochSeconds(row.enabled_at),
        };
      }),
      NextToken,
    };
  },
});

export const accountOperations = [
  describeOrganization,
  listAccounts,
  describeAccountOperation,
  listDelegatedAdministrators,
];
