import {
  entityRefSchema,
  PolicyResponse,
  PreviewResponse,
  requestInputSchema,
} from 'backstage-plugin-aws-access-common';
import { z } from 'zod';
import { Caller } from '../authorization/Viewer';

/** A request that somebody else might file. */
export const simulationInputSchema = requestInputSchema.extend({
  requester: entityRefSchema('user'),
  /** Something acts for them. */
  filedByActor: z.boolean().default(false),
});

/** A request to try, and whose it would be. */
export type SimulationInput = z.output<typeof simulationInputSchema>;

/** The rules, and what they would say. */
export interface PolicyService {
  describe(caller: Caller): Promise<PolicyResponse>;
  /**
   * What would come of a request of somebody else; stores nothing.
   *
   * @throws InputError when the catalog does not have the requester
   */
  simulate(input: SimulationInput, caller: Caller): Promise<PreviewResponse>;
}
