import { RequestState, WriteStop } from 'backstage-plugin-aws-access-common';
import { CloudError } from '../../clouds/CloudError';
import { CredentialsReport } from '../../clouds/CredentialsCheck';
import { describeStop } from '../../operations/describeStop';
import { SCIM_WAIT } from '../../wording/scimWait';
import { StepRow } from '../../provisioning/stores/StepStore';

/** What may keep the work on a request from going on. */
export interface HoldFacts {
  state: RequestState;
  /** Whether the organization is written to at all. */
  writes: 'on' | 'dry-run' | 'off';
  /** Why nothing may be written to the organization; null = it may. */
  heldReason: string | null;
  stops: WriteStop[];
  steps: Array<
    Pick<StepRow, 'phase' | 'state' | 'detail' | 'cloudMessage' | 'startedAt'>
  >;
  credentials: CredentialsReport | undefined;
  /** By the database's clock, ISO-8601. */
  now: string;
}

const PHASES: Partial<Record<RequestState, StepRow['phase']>> = {
  approved: 'grant',
  provisioning: 'grant',
  propagating: 'grant',
  ending: 'removal',
};

/** What the clouds need for one step as a rule; what waits longer is kept by something. */
const USUAL_MS = 30_000;

/**
 * Why the work on a request does not go on now, as its page says it first;
 * undefined = it goes on, or nothing is to be done. Pure.
 *
 * @param options.namesClouds - the reader may read ids of the clouds and what
 *   keeps the portal from its work (security rule 30)
 */
export function whyHeld(
  facts: HoldFacts,
  options: { namesClouds: boolean },
): string | undefined {
  const phase = PHASES[facts.state];
  if (!phase) return undefined;
  return (
    whyNotWritten(facts) ??
    whyAllHeld(facts, options) ??
    describeStop(facts.stops, phase) ??
    whyStepWaits(facts, phase) ??
    whyNotTaken(facts)
  );
}

function whyNotWritten({ writes, state }: HoldFacts): string | undefined {
  if (writes === 'off') {
    return 'The organization is connected for reading only, so nothing is carried out.';
  }
  // What is approved is rehearsed soon.
  return writes === 'dry-run' && state !== 'approved'
    ? 'The organization is in a dry run, so nothing is carried out.'
    : undefined;
}

function whyAllHeld(
  { heldReason }: HoldFacts,
  { namesClouds }: { namesClouds: boolean },
): string | undefined {
  if (heldReason === null) return undefined;
  return namesClouds
    ? `All writes are held: ${heldReason}`
    : 'All writes are held, until an operator has looked at the organization.';
}

function whyStepWaits(
  { state, steps, now }: HoldFacts,
  phase: StepRow['phase'],
): string | undefined {
  const kept = steps.find(
    step =>
      step.phase === phase &&
      step.state === 'waiting' &&
      (step.cloudMessage !== null ||
        // SCIM takes its time. Of what is set up the state says so.
        (state === 'ending' && step.detail?.startsWith(SCIM_WAIT)) ||
        (state !== 'propagating' && waitsLong(step, now))),
  );
  return kept?.detail ?? undefined;
}

function waitsLong({ startedAt }: Pick<StepRow, 'startedAt'>, now: string) {
  return (
    startedAt !== null && Date.parse(now) - Date.parse(startedAt) > USUAL_MS
  );
}

/** What is out of reach or throttled for a moment is not said before a step met it. */
function whyNotTaken({ credentials }: HoldFacts): string | undefined {
  const refusing = [
    isRefused(credentials?.aws) && 'AWS',
    isRefused(credentials?.entra) && 'Entra',
  ].filter(Boolean);
  return refusing.length > 0
    ? `The organization's credentials for ${refusing.join(
        ' and ',
      )} do not work. It goes on by itself when whoever runs the portal has put them right.`
    : undefined;
}

function isRefused(cloud: { problem: CloudError | null } | undefined): boolean {
  const problem = cloud?.problem;
  return problem ? problem.kind !== 'retryLater' : false;
}
