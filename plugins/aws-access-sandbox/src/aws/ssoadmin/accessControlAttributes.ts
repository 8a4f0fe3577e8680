import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { type AwsCall, defineOperation } from '../protocol/AwsService';
import { requireInstance } from './rows';
import { InstanceArn } from './shapes';

/** At most 50 attributes, each from one attribute of the identity store. */
const Configuration = z.object({
  AccessControlAttributes: z
    .array(
      z.object({
        Key: z
          .string()
          .min(1)
          .max(128)
          .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u),
        Value: z.object({
          Source: z
            .array(
              z
                .string()
                .max(256)
                .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@[\]{}$\\"]*$/u),
            )
            .min(1)
            .max(1),
        }),
      }),
    )
    .max(50),
});

const write = z.object({
  InstanceArn,
  InstanceAccessControlAttributeConfiguration: Configuration,
});

interface ConfigurationRow {
  attributes_json: string;
  created_at: number;
}

const create = defineOperation({
  name: 'CreateInstanceAccessControlAttributeConfiguration',
  input: write,
  handle(input, call) {
    requireInstance(call, input.InstanceArn);
    if (find(call, input.InstanceArn)) {
      throw AwsError.conflict(
        'Attributes for access control are already enabled for this instance.',
      );
    }
    call.context.store.insert('aws_access_control_configurations', {
      instance_arn: input.InstanceArn,
      attributes_json: toText(
        input.InstanceAccessControlAttributeConfiguration,
      ),
      created_at: call.now,
    });
    return {};
  },
});

const update = defineOperation({
  name: 'UpdateInstanceAccessControlAttributeConfiguration',
  input: write,
  handle(input, call) {
    requireConfiguration(call, input.InstanceArn);
    call.context.store.run(
      'UPDATE aws_access_control_configurations SET attributes_json = ? WHERE instance_arn = ?',
      [
        toText(input.InstanceAccessControlAttributeConfiguration),
        input.InstanceArn,
      ],
    );
    return {};
  },
});

const describe = defineOperation({
  name: 'DescribeInstanceAccessControlAttributeConfiguration',
  input: z.object({ InstanceArn }),
  handle(input, call) {
    const row = requireConfiguration(call, input.InstanceArn);
    const isReady = row.created_at + call.context.operationDelayMs <= call.now;
    return {
      Status: isReady ? 'ENABLED' : 'CREATION_IN_PROGRESS',
      InstanceAccessControlAttributeConfiguration: JSON.parse(
        row.attributes_json,
      ),
    };
  },
});

const remove = defineOperation({
  name: 'DeleteInstanceAccessControlAttributeConfiguration',
  input: z.object({ InstanceArn }),
  handle(input, call) {
    requireConfiguration(call, input.InstanceArn);
    call.context.store.run(
      'DELETE FROM aws_access_control_configurations WHERE instance_arn = ?',
      [input.InstanceArn],
    );
    return {};
  },
});

function toText(configuration: z.output<typeof Configuration>): string {
  const keys = configuration.AccessControlAttributes.map(({ Key }) => Key);
  if (new Set(keys).size < keys.length) {
    throw AwsError.validation('The keys of the attributes have to be unique.');
  }
  return JSON.stringify(configuration);
}

function find(call: AwsCall, arn: string): ConfigurationRow | undefined {
  return call.context.store.get<ConfigurationRow>(
    'SELECT * FROM aws_access_control_configurations WHERE instance_arn = ?',
    [arn],
  );
}

function requireConfiguration(call: AwsCall, arn: string): ConfigurationRow {
  requireInstance(call, arn);
  const row = find(call, arn);
  if (!row) {
    throw AwsError.notFound(
      'Attributes for access control are not enabled for this instance.',
    );
  }
  return row;
}

export const accessControlOperations = [create, update, describe, remove];
