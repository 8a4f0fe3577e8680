import { Plan, RequestDetail } from 'backstage-plugin-aws-access-common';
import { useState } from 'react';

/** A plan as it is on the screen. */
export interface SeenPlan {
  plan: Plan;
  version: number;
  digest: string;
}

/**
 * Keeps the plan that the reader has in front of them. A decision names this
 * one, and a newer plan only takes its place when the reader asks for it:
 * nobody approves what they did not see (security rules 8 and 31).
 */
export function useSeenPlan(request: RequestDetail) {
  const current = {
    plan: request.plan,
    version: request.planVersion,
    digest: request.planDigest,
  };
  const [seen, setSeen] = useState<SeenPlan>(current);
  return {
    seen,
    current,
    hasChanged: seen.digest !== current.digest,
    showCurrent: () => setSeen(current),
  };
}
