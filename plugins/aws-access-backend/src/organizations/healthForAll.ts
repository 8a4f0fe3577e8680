import { Organization } from 'backstage-plugin-aws-access-common';

const REASONS: Record<Organization['health'], string | null> = {
  ok: null,
  degraded: 'Something needs a look. Requests go on, perhaps later than usual',
  stopped: 'Giving access is stopped for now. Requests are filed and wait',
  held: 'Nothing is written, until an operator has looked at it',
  down: 'Its clouds cannot be reached now. Requests wait and go on by themselves',
};

/**
 * An organization for who does not read operations: its health and, in general
 * words, why. What operators wrote, ids of the clouds, and what keeps the portal
 * from its work help an attacker more than a requester (security rule 30). Pure.
 */
export function healthForAll(organization: Organization): Organization {
  const { health } = organization;
  return {
    ...organization,
    reason: REASONS[health],
    nextStep:
      health === 'ok' ? null : 'Whoever runs the portal sees what it is.',
    since: null,
  };
}
