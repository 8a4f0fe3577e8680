import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { type AwsCall, defineOperation } from '../protocol/AwsService';
import { toEpochSeconds } from '../protocol/timestamps';
import {
  describeUnit,
  findUnit,
  requireAccount,
  requireOrganization,
  requireParent,
} from './rows';
import { AccountId, ParentId, Tags } from './shapes';
import { refuseDuplicateKeys, writeTags } from './tags';

/** The making of an account as it is stored. */
export interface AccountCreationRow {
  seq: number;
  request_id: string;
  state: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  failure_reason: string | null;
  account_id: string | null;
  name: string;
  email: string;
  tags_json: string;
  requested_at: number;
  completes_at: number;
}

const createAccount = defineOperation({
  name: 'CreateAccount',
  input: z.object({
    Email: z
      .string()
      .min(6)
      .max(64)
      .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/),
    AccountName: z
      .string()
      .min(1)
      .max(50)
      .regex(/^[\u0020-\u007E]+$/),
    RoleName: z
      .string()
      .max(64)
      .regex(/^[\w+=,.@-]{1,64}$/)
      .optional(),
    IamUserAccessToBilling: z.enum(['ALLOW', 'DENY']).optional(),
    Tags: Tags.optional(),
  }),
  handle(input, call) {
    requireOrganization(call);
    const tags = input.Tags ?? [];
    refuseDuplicateKeys(tags);
    const requestId = `car-${randomBytes(16).toString('hex')}`;
    call.context.store.insert('aws_account_creations', {
      request_id: requestId,
      state: 'IN_PROGRESS',
      name: input.AccountName,
      email: input.Email,
      tags_json: JSON.stringify(tags),
      requested_at: call.now,
      completes_at: call.now + call.context.operationDelayMs,
    });
    return { CreateAccountStatus: describe(requireCreation(call, requestId)) };
  },
});

const describeStatus = defineOperation({
  name: 'DescribeCreateAccountStatus',
  input: z.object({
    CreateAccountRequestId: z
      .string()
      .max(36)
      .regex(/^car-[a-z0-9]{8,32}$/),
  }),
  handle(input, call) {
    requireOrganization(call);
    return {
      CreateAccountStatus: describe(
        requireCreation(call, input.CreateAccountRequestId),
      ),
    };
  },
});

const closeAccount = defineOperation({
  name: 'CloseAccount',
  input: z.object({ AccountId }),
  handle(input, call) {
    const account = requireAccount(call, input.AccountId);
    if (account.id === requireOrganization(call).management_account_id) {
      throw new AwsError(
        'ConstraintViolationException',
        'You cannot close the management account.',
        400,
        { Reason: 'CANNOT_CLOSE_MANAGEMENT_ACCOUNT' },
      );
    }
    if (account.state !== 'ACTIVE') {
      throw new AwsError(
        'AccountAlreadyClosedException',
        'The account is closed, or being closed, already.',
      );
    }
    call.context.store.run(
      "UPDATE aws_accounts SET state = 'PENDING_CLOSURE' WHERE id = ?",
      [account.id],
    );
    return {};
  },
});

const createUnit = defineOperation({
  name: 'CreateOrganizationalUnit',
  input: z.object({
    ParentId,
    Name: z.string().min(1).max(128),
    Tags: Tags.optional(),
  }),
  handle(input, call) {
    const organization = requireOrganization(call);
    const { store } = call.context;
    requireParent(call, input.ParentId);
    if (
      store.get(
        'SELECT 1 FROM aws_organizational_units WHERE parent_id = ? AND name = ?',
        [input.ParentId, input.Name],
      )
    ) {
      throw new AwsError(
        'DuplicateOrganizationalUnitException',
        'An OU with the same name already exists.',
      );
    }
    const id = `ou-${organization.root_id.slice(2)}-${randomBytes(4).toString(
      'hex',
    )}`;
    store.insert('aws_organizational_units', {
      id,
      arn: `arn:aws:organizations::${organization.management_account_id}:ou/${organization.id}/${id}`,
      name: input.Name,
      parent_id: input.ParentId,
    });
    writeTags(call, id, input.Tags ?? []);
    return { OrganizationalUnit: describeUnit(call, findUnit(call, id)!) };
  },
});

function requireCreation(call: AwsCall, requestId: string): AccountCreationRow {
  const row = call.context.store.get<AccountCreationRow>(
    'SELECT * FROM aws_account_creations WHERE request_id = ?',
    [requestId],
  );
  if (!row) {
    throw new AwsError(
      'CreateAccountStatusNotFoundException',
      "We can't find a create account request with the CreateAccountRequestId that you specified.",
    );
  }
  return row;
}

function describe(row: AccountCreationRow) {
  const isOver = row.state !== 'IN_PROGRESS';
  return {
    Id: row.request_id,
    AccountName: row.name,
    State: row.state,
    RequestedTimestamp: toEpochSeconds(row.requested_at),
    CompletedTimestamp: isOver ? toEpochSeconds(row.completes_at) : undefined,
    AccountId: row.account_id ?? undefined,
    FailureReason: row.failure_reason ?? undefined,
  };
}

export const accountCreationOperations = [
  createAccount,
  describeStatus,
  closeAccount,
  createUnit,
];
