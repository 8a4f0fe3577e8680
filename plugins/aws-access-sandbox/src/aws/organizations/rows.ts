import { AwsError } from '../protocol/AwsError';
import type { AwsCall } from '../protocol/AwsService';
import { type Page, type PageRequest, readPage } from '../protocol/pages';
import { toEpochSeconds } from '../protocol/timestamps';

/** The organization of the sandbox. */
export interface OrganizationRow {
  id: string;
  arn: string;
  root_id: string;
  root_arn: string;
  management_account_id: string;
  management_account_email: string;
}

/** An account as it is stored. */
export interface AccountRow {
  seq: number;
  id: string;
  arn: string;
  name: string;
  email: string;
  state: string;
  joined_method: string;
  joined_at: number;
  parent_id: string;
}

/** An organizational unit as it is stored. */
export interface UnitRow {
  seq: number;
  id: string;
  arn: string;
  name: string;
  parent_id: string;
}

/** @throws AwsError `AWSOrganizationsNotInUseException` in a sandbox without an organization */
export function requireOrganization(call: AwsCall): OrganizationRow {
  const row = call.context.store.get<OrganizationRow>(
    'SELECT * FROM aws_organization',
  );
  if (!row) {
    throw new AwsError(
      'AWSOrganizationsNotInUseException',
      'Your account is not a member of an organization.',
    );
  }
  return row;
}

/** The organizational unit with this id, if there is one. */
export function findUnit(call: AwsCall, id: string): UnitRow | undefined {
  return call.context.store.get<UnitRow>(
    'SELECT * FROM aws_organizational_units WHERE id = ?',
    [id],
  );
}

/** @throws AwsError `AccountNotFoundException` */
export function requireAccount(call: AwsCall, id: string): AccountRow {
  requireOrganization(call);
  const row = call.context.store.get<AccountRow>(
    'SELECT * FROM aws_accounts WHERE id = ?',
    [id],
  );
  if (!row) {
    throw new AwsError(
      'AccountNotFoundException',
      "You specified an account that doesn't exist.",
    );
  }
  return row;
}

/**
 * @param code - what the operation calls it when there is no such parent
 * @throws AwsError unless it is the root or an organizational unit
 */
export function requireParent(
  call: AwsCall,
  id: string,
  code: string = 'ParentNotFoundException',
): void {
  if (id !== requireOrganization(call).root_id && !findUnit(call, id)) {
    throw new AwsError(
      code,
      `You specified parent '${id}' that doesn't exist.`,
    );
  }
}

/**
 * Where something is in the organization, as AWS writes it: `o-.../r-.../ou-.../` from the root down to the parent,
 * and then its own id.
 */
export function pathOf(call: AwsCall, id: string, parentId: string): string {
  const { id: organizationId, root_id: rootId } = requireOrganization(call);
  const units: string[] = [];
  for (let parent = parentId; parent !== rootId; ) {
    const unit = findUnit(call, parent);
    if (!unit) {
      break;
    }
    units.unshift(unit.id);
    parent = unit.parent_id;
  }
  return `${[organizationId, rootId, ...units, id].join('/')}/`;
}

/** The retired field knew fewer states: an account that is not usable yet, or not any more, had none or was suspended. */
const RETIRED_STATUS: Record<string, string | undefined> = {
  ACTIVE: 'ACTIVE',
  SUSPENDED: 'SUSPENDED',
  PENDING_CLOSURE: 'PENDING_CLOSURE',
  CLOSED: 'SUSPENDED',
};

/** An account on the wire. Its state and place come in the fields that the sandbox's switches name. */
export function describeAccount(call: AwsCall, row: AccountRow) {
  const { accountFields } = call.context.switches;
  const has = (field: (typeof accountFields)[number]) =>
    accountFields.includes(field);
  return {
    Id: row.id,
    Arn: row.arn,
    Email: row.email,
    Name: row.name,
    Status: has('Status') ? RETIRED_STATUS[row.state] : undefined,
    State: has('State') ? row.state : undefined,
    Paths: has('Paths') ? [pathOf(call, row.id, row.parent_id)] : undefined,
    JoinedMethod: row.joined_method,
    JoinedTimestamp: toEpochSeconds(row.joined_at),
  };
}

/** An organizational unit on the wire. */
export function describeUnit(call: AwsCall, row: UnitRow) {
  return {
    Id: row.id,
    Arn: row.arn,
    Name: row.name,
    Path: pathOf(call, row.id, row.parent_id),
  };
}

/** One page of an Organizations list: 20 rows at most. */
export function organizationsPage<Row extends { seq: number }>(
  call: AwsCall,
  input: PageRequest,
  read: (after: number, limit: number) => Row[],
): Page<Row> {
  return readPage({
    call,
    input,
    defaultSize: 20,
    read,
    invalidToken: () =>
      new AwsError(
        'InvalidInputException',
        'You provided an invalid pagination token.',
        400,
        { Reason: 'INVALID_NEXT_TOKEN' },
      ),
  });
}
