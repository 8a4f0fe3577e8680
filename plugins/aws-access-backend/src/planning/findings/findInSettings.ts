import { Duration } from 'luxon';
import { durationLabel, listLabel } from '../../wording/labels';
import { SetFindingKind } from './FindingsContext';

/** AWS's default session is one hour; half a working day is the last short one. */
const LONG_SESSION_HOURS = 4;

/** Sessions, and policies that AWS does not bring along. */
export const findInSettings: SetFindingKind = ({ given }) =>
  given.flatMap(({ arn, label, document }) => [
    ...(Duration.fromISO(document.sessionDuration).as('hours') >
    LONG_SESSION_HOURS
      ? [
          {
            id: `long-session/${arn}`,
            severity: 'low' as const,
            title: 'Long sessions',
            reason: `A session of ${label} lives up to ${durationLabel(
              document.sessionDuration,
            )}, also past the end of the access.`,
          },
        ]
      : []),
    ...(document.customerManagedPolicies.length > 0
      ? [
          {
            id: `customer-managed-policies/${arn}`,
            severity: 'low' as const,
            title: 'Policies that must be in every account',
            reason: `${label} works only where these exist, and allows what they say there: ${listLabel(
              document.customerManagedPolicies.map(
                ({ path, name }) => `${path}${name}`,
              ),
            )}.`,
          },
        ]
      : []),
  ]);
