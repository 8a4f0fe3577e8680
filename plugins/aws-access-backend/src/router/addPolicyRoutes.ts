import { Router } from 'express';
import { ViewerResolver } from '../authorization/ViewerResolver';
import {
  PolicyService,
  simulationInputSchema,
} from '../simulation/PolicyService';
import { parseInput } from './parseInput';

/** `GET /policy` and `POST /policy/simulate`. */
export function addPolicyRoutes(
  router: Router,
  options: { policy: PolicyService; viewers: ViewerResolver },
): void {
  const { policy, viewers } = options;

  router.get('/policy', async (request, response) => {
    response.json(await policy.describe(await viewers.resolve(request)));
  });

  router.post('/policy/simulate', async (request, response) => {
    const caller = await viewers.resolve(request);
    const input = parseInput(simulationInputSchema, request.body);
    response.json(await policy.simulate(input, caller));
  });
}
