import type { z } from 'zod';
import type { SandboxContext } from '../../server/SandboxContext';
import type { WeatherConditions } from '../../weather/WeatherConditions';
import type { AwsCaller } from './callers';
import type { AwsError } from './AwsError';
import type { InputProblem } from './parseInput';
import type { TokenBucket } from './TokenBucket';

/** What an operation may use besides its input. */
export interface AwsCall {
  readonly context: SandboxContext;
  readonly caller: AwsCaller;
  /** The `x-amzn-RequestId` of the answer. */
  readonly requestId: string;
  /** Name of the operation, without the service's target prefix. */
  readonly operation: string;
  /** Milliseconds on the sandbox clock, the same for the whole call. */
  readonly now: number;
  /** What the weather does to this call. */
  readonly weather: WeatherConditions;
}

/** One operation of a service: the constraints of its input, and what it does. */
export interface AwsOperation<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly input: Schema;
  /** Returns the output; members that are `undefined` are absent on the wire. */
  handle(input: z.output<Schema>, call: AwsCall): object;
}

/** A service that speaks AWS JSON 1.1. */
export interface AwsService {
  /** The part of `X-Amz-Target` before the operation. */
  readonly targetPrefix: string;
  /** The service in the credential scope of a signature. */
  readonly signingName: string;
  /** The service in CloudTrail events; absent when its calls are not traced. */
  readonly eventSource?: string;
  readonly operations: ReadonlyMap<string, AwsOperation>;
  /** How this service words input that breaks its model. */
  toInputError(problems: InputProblem[]): AwsError;
  /** Absent for a service that the sandbox does not throttle. */
  readonly bucket?: TokenBucket;
  /** What the service answers when its bucket is empty. */
  toThrottlingError(): AwsError;
  /** Throws when this caller may not use the operation at all. */
  authorize(call: AwsCall): void;
}

/** Ties an operation's handler to the type of its input. */
export function defineOperation<Schema extends z.ZodType>(
  operation: AwsOperation<Schema>,
): AwsOperation {
  return operation as unknown as AwsOperation;
}

/** Operations by name, for {@link AwsService.operations}. */
export function operationsByName(
  ...groups: AwsOperation[][]
): ReadonlyMap<string, AwsOperation> {
  return new Map(
    groups.flat().map(operation => [operation.name, operation] as const),
  );
}
