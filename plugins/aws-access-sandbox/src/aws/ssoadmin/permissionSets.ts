import { randomBytes } from 'node:crypto';
import { Duration } from 'luxon';
import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { defineOperation } from '../protocol/AwsService';
import { toEpochSeconds } from '../protocol/timestamps';
import { refuseDelegatedChange } from './delegation';
import {
  type PermissionSetRow,
  requireInstance,
  requirePermissionSet,
  ssoAdminPage,
} from './rows';
import { InstanceArn, paging, permissionSetReference, Tags } from './shapes';
import { writeTags } from './tags';

/** AWS's quota of permission sets in one instance. */
const MAXIMUM_PERMISSION_SETS = 3500;

const SessionDuration = z
  .string()
  .min(1)
  .max(100)
  .regex(
    /^(-?)P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)([DW]))?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/,
  )
  .optional();

const details = {
  Description: z
    .string()
    .min(1)
    .max(700)
    .regex(/^[\t\n\r\u0020-\u007E\u00A1-\u00FF]*$/)
    .optional(),
  SessionDuration,
  RelayState: z
    .string()
    .min(1)
    .max(240)
    .regex(/^[a-zA-Z0-9&$@#\\/%?=~\-_'"|!:,.;*+[\] (){}]+$/)
    .optional(),
};

const createPermissionSet = defineOperation({
  name: 'CreatePermissionSet',
  input: z.object({
    InstanceArn,
    Name: z
      .string()
      .min(1)
      .max(32)
      .regex(/^[\w+=,.@-]+$/),
    ...details,
    Tags: Tags.optional(),
  }),
  handle(input, call) {
    const { store } = call.context;
    const instance = requireInstance(call, input.InstanceArn);
    checkSessionDuration(input.SessionDuration);
    if (
      store.get('SELECT 1 FROM aws_permission_sets WHERE name = ?', [
        input.Name,
      ])
    ) {
      throw AwsError.conflict(
        `PermissionSet with name ${input.Name} already exists.`,
      );
    }
    const { count } = store.get<{ count: number }>(
      'SELECT count(*) AS count FROM aws_permission_sets',
    ) ?? { count: 0 };
    if (count >= MAXIMUM_PERMISSION_SETS) {
      throw AwsError.quota('Quota for permission sets exceeded.');
    }
    const arn = instance.instance_arn.replace(
      /:instance\/(.*)$/,
      (_, instanceId) =>
        `:permissionSet/${instanceId}/ps-${randomBytes(8).toString('hex')}`,
    );
    store.insert('aws_permission_sets', {
      arn,
      name: input.Name,
      description: input.Description,
      session_duration: input.SessionDuration ?? 'PT1H',
      relay_state: input.RelayState,
      created_at: call.now,
    });
    writeTags(call, arn, input.Tags ?? []);
    const row = requirePermissionSet(call, {
      InstanceArn: input.InstanceArn,
      PermissionSetArn: arn,
    });
    return { PermissionSet: describe(row) };
  },
});

const describePermissionSet = defineOperation({
  name: 'DescribePermissionSet',
  input: z.object(permissionSetReference),
  handle: (input, call) => ({
    PermissionSet: describe(requirePermissionSet(call, input)),
  }),
});

const updatePermissionSet = defineOperation({
  name: 'UpdatePermissionSet',
  input: z.object({ ...permissionSetReference, ...details }),
  handle(input, call) {
    const row = requirePermissionSet(call, input);
    refuseDelegatedChange(call, row.arn);
    checkSessionDuration(input.SessionDuration);
    // Only the session duration lives in the accounts' roles; the rest takes effect without provisioning.
    const outdated =
      input.SessionDuration !== undefined &&
      input.SessionDuration !== row.session_duration;
    // As seen in the field: a relay state that is not sent again is cleared.
    call.context.store.run(
      `UPDATE aws_permission_sets SET description = coalesce(?, description),
         session_duration = coalesce(?, session_duration), relay_state = ?,
         revision = revision + ? WHERE arn = ?`,
      [
        input.Description ?? null,
        input.SessionDuration ?? null,
        input.RelayState ?? null,
        outdated ? 1 : 0,
        row.arn,
      ],
    );
    return {};
  },
});

const deletePermissionSet = defineOperation({
  name: 'DeletePermissionSet',
  input: z.object(permissionSetReference),
  handle(input, call) {
    const { store } = call.context;
    const row = requirePermissionSet(call, input);
    refuseDelegatedChange(call, row.arn);
    const inUse = store.get(
      `SELECT 1 FROM aws_account_assignments WHERE permission_set_arn = :arn
       UNION ALL SELECT 1 FROM aws_operations WHERE permission_set_arn = :arn AND status = 'IN_PROGRESS'`,
      { arn: row.arn },
    );
    if (inUse) {
      throw AwsError.conflict(
        'Could not delete because PermissionSet has ApplicationProfile associated with it',
      );
    }
    store.run('DELETE FROM aws_permission_sets WHERE arn = ?', [row.arn]);
    store.run(
      'DELETE FROM aws_provisioned_permission_sets WHERE permission_set_arn = ?',
      [row.arn],
    );
    store.run('DELETE FROM aws_resource_tags WHERE resource_id = ?', [row.arn]);
    return {};
  },
});

const listPermissionSets = defineOperation({
  name: 'ListPermissionSets',
  input: z.object({ InstanceArn, ...paging }),
  handle(input, call) {
    requireInstance(call, input.InstanceArn);
    const { rows, NextToken } = ssoAdminPage(call, input, (after, limit) =>
      call.context.store.all<{ seq: number; arn: string }>(
        'SELECT seq, arn FROM aws_permission_sets WHERE seq > ? ORDER BY seq LIMIT ?',
        [after, limit],
      ),
    );
    return { PermissionSets: rows.map(row => row.arn), NextToken };
  },
});

/** The model takes any ISO-8601 duration; the service one to twelve hours. */
function checkSessionDuration(duration: string | undefined): void {
  if (duration === undefined) {
    return;
  }
  const hours = Duration.fromISO(duration).as('hours');
  if (!(hours >= 1 && hours <= 12)) {
    throw AwsError.validation(
      'Session duration must be between 1 hour and 12 hours.',
    );
  }
}

function describe(row: PermissionSetRow) {
  return {
    Name: row.name,
    PermissionSetArn: row.arn,
    Description: row.description ?? undefined,
    CreatedDate: toEpochSeconds(row.created_at),
    SessionDuration: row.session_duration,
    RelayState: row.relay_state ?? undefined,
  };
}

export const permissionSetOperations = [
  createPermissionSet,
  describePermissionSet,
  updatePermissionSet,
  deletePermissionSet,
  listPermissionSets,
];
