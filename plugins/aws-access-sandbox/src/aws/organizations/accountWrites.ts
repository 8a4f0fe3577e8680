import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { type AwsCall, defineOperation } from '../protocol/AwsService';
import { toEpochSeconds } from '../protocol/timestamps';
import {
  type AccountRow,
  organizationsPage,
  requireAccount,
  requireOrganization,
  requireParent,
} from './rows';
import { AccountId, paging, ParentId, ServicePrincipal } from './shapes';

const moveAccount = defineOperation({
  name: 'MoveAccount',
  input: z.object({
    AccountId,
    SourceParentId: ParentId,
    DestinationParentId: ParentId,
  }),
  handle(input, call) {
    const account = requireAccount(call, input.AccountId);
    requireParent(
      call,
      input.DestinationParentId,
      'DestinationParentNotFoundException',
    );
    if (account.parent_id !== input.SourceParentId) {
      throw new AwsError(
        'SourceParentNotFoundException',
        `The account is not in the source parent '${input.SourceParentId}'.`,
      );
    }
    if (account.parent_id === input.DestinationParentId) {
      throw new AwsError(
        'DuplicateAccountException',
        'The account is in the destination parent already.',
      );
    }
    call.context.store.run(
      'UPDATE aws_accounts SET parent_id = ? WHERE id = ?',
      [input.DestinationParentId, account.id],
    );
    return {};
  },
});

const delegation = z.object({ AccountId, ServicePrincipal });

const register = defineOperation({
  name: 'RegisterDelegatedAdministrator',
  input: delegation,
  handle(input, call) {
    const account = requireAccount(call, input.AccountId);
    if (account.id === requireOrganization(call).management_account_id) {
      throw constraint('CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR');
    }
    if (account.state !== 'ACTIVE') {
      throw constraint(
        'CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR',
      );
    }
    if (findDelegation(call, input)) {
      throw new AwsError(
        'AccountAlreadyRegisteredException',
        'The account is a delegated administrator of this service already.',
      );
    }
    call.context.store.insert('aws_delegated_administrators', {
      account_id: account.id,
      service_principal: input.ServicePrincipal,
      enabled_at: call.now,
    });
    return {};
  },
});

const deregister = defineOperation({
  name: 'DeregisterDelegatedAdministrator',
  input: delegation,
  handle(input, call) {
    const account = requireAccount(call, input.AccountId);
    if (!findDelegation(call, input)) {
      throw notRegistered();
    }
    call.context.store.run(
      'DELETE FROM aws_delegated_administrators WHERE account_id = ? AND service_principal = ?',
      [account.id, input.ServicePrincipal],
    );
    return {};
  },
});

const listServices = defineOperation({
  name: 'ListDelegatedServicesForAccount',
  input: z.object({ AccountId, ...paging }),
  handle(input, call) {
    const account: AccountRow = requireAccount(call, input.AccountId);
    const { rows, NextToken } = organizationsPage(call, input, (after, limit) =>
      call.context.store.all<{
        seq: number;
        service_principal: string;
        enabled_at: number;
      }>(
        `SELECT rowid AS seq, service_principal, enabled_at FROM aws_delegated_administrators
         WHERE account_id = ? AND rowid > ? ORDER BY rowid LIMIT ?`,
        [account.id, after, limit],
      ),
    );
    if (rows.length === 0 && !input.NextToken && !NextToken) {
      throw notRegistered();
    }
    return {
      DelegatedServices: rows.map(row => ({
        ServicePrincipal: row.service_principal,
        DelegationEnabledDate: toEpochSeconds(row.enabled_at),
      })),
      NextToken,
    };
  },
});

function findDelegation(call: AwsCall, input: z.output<typeof delegation>) {
  return call.context.store.get(
    'SELECT 1 FROM aws_delegated_administrators WHERE account_id = ? AND service_principal = ?',
    [input.AccountId, input.ServicePrincipal],
  );
}

function notRegistered(): AwsError {
  return new AwsError(
    'AccountNotRegisteredException',
    'The account is not a delegated administrator of this service.',
  );
}

function constraint(reason: string): AwsError {
  return new AwsError(
    'ConstraintViolationException',
    'You cannot do this with this account.',
    400,
    { Reason: reason },
  );
}

export const accountWriteOperations = [
  moveAccount,
  register,
  deregister,
  listServices,
];
