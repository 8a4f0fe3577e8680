import {
  OperationsResponse,
  ReleaseLeaversInput,
  ReleaseMandateInput,
  stopWritesInputSchema,
  WriteStopKind,
} from 'backstage-plugin-aws-access-common';
import { z } from 'zod';
import { Caller } from '../authorization/Viewer';

/** Who runs the portal sees what waits, and can stop writes. */
export interface OperationsService {
  describe(caller: Caller): Promise<OperationsResponse>;
  /** @throws NotFoundError when no such organization is configured */
  stopWrites(
    organizationId: string,
    input: z.output<typeof stopWritesInputSchema>,
    caller: Caller,
  ): Promise<OperationsResponse>;
  /**
   * Lets writes go on past the limit of an hour, counting anew.
   *
   * @throws NotFoundError when no such organization is configured
   */
  goOnWriting(
    organizationId: string,
    caller: Caller,
  ): Promise<OperationsResponse>;
  /** @throws NotFoundError when there is no such mandate that waits */
  releaseMandate(
    organizationId: string,
    input: ReleaseMandateInput,
    caller: Caller,
  ): Promise<OperationsResponse>;
  /**
   * Lets the access of people end who seem to have left Entra at once.
   *
   * @throws NotFoundError when no such organization is configured
   * @throws ConflictError when another number of them waits
   */
  releaseLeavers(
    organizationId: string,
    input: ReleaseLeaversInput,
    caller: Caller,
  ): Promise<OperationsResponse>;
  /**
   * @throws NotFoundError when no such organization is configured, or nothing of
   *   the kind is stopped
   */
  resumeWrites(
    organizationId: string,
    kind: WriteStopKind,
    caller: Caller,
  ): Promise<OperationsResponse>;
}
