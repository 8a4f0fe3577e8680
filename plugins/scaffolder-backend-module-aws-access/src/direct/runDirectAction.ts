import { InputError, isError, NotAllowedError } from '@backstage/errors';
import {
  type Change,
  type PlanStepKind,
  readAccessRequest,
  type RequestDetail,
} from 'backstage-plugin-aws-access-common';
import { coversWish } from '../shared/coversWish';
import { followRequest } from '../shared/followRequest';
import type { RequestReport, RequestRun } from '../shared/RequestRun';
import { toDirectFields } from './toDirectFields';

/** The inputs that every direct action has. */
export interface DirectInput {
  requestId?: string;
  team?: string;
  justification?: string;
  ticket?: string;
  duration?: string;
  organizationId?: string;
}

/** What one direct action is about. */
export interface DirectWish {
  kind: Change['kind'];
  /** The change as the input says it; what it leaves out is undefined. */
  change: Record<string, unknown>;
  /** What a new request needs beside it. */
  whenFiled?: Record<string, unknown>;
  /** The wire's schema of the change, in which everything may be left out. */
  schema: {
    safeParse(change: unknown): {
      data?: unknown;
      error?: { issues: Array<{ path: PropertyKey[]; message: string }> };
    };
  };
  /** The steps that make it so. */
  steps: readonly PlanStepKind[];
}

/** What became of the wish; no detail on a dry run. */
export interface DirectOutcome {
  report: RequestReport;
  request: RequestDetail | null;
}

/**
 * What all direct actions do. They never write: with `requestId` they wait for
 * what that approved request makes, without it they file a request of their own.
 * Either way the backend decides.
 *
 * @throws the reason why it is not so now: waits for approval, refused, stuck
 */
export async function runDirectAction(
  run: RequestRun,
  input: DirectInput,
  wish: DirectWish,
  isDryRun: boolean | undefined,
): Promise<DirectOutcome> {
  if (!input.requestId) {
    const body = readBody(input, wish, run.requester);
    if (isDryRun) return { report: await run.preview(body), request: null };
    const filed = await run.file(body);
    const own = await run.read(filed.id);
    // Somebody else may run the task again, and finds what was filed by it.
    refuseOtherPeoples(own, run);
    return follow(run, own, wish);
  }

  const request = await run.read(input.requestId);
  refuseOtherPeoples(request, run);
  refuseUncovered(request, wish);
  if (isDryRun) {
    const report = run.report(request);
    run.tell(
      `Dry run: access request ${report.number} is ${report.state}, and this step would go on with what it makes: ${report.url}`,
    );
    return { report, request };
  }
  return follow(run, request, wish);
}

async function follow(
  run: RequestRun,
  first: RequestDetail,
  wish: DirectWish,
): Promise<DirectOutcome> {
  const request = await followRequest(run, first, wish.steps);
  return { report: run.report(request), request };
}

/** Who may read a request is not, for that, who may build on it. */
function refuseOtherPeoples(request: RequestDetail, run: RequestRun) {
  if (request.requester.entityRef === run.requester) return;
  throw new NotAllowedError(
    `Access request ${request.number} was not filed by you, and a step goes on only with a request of who runs the template.`,
  );
}

function readBody(input: DirectInput, wish: DirectWish, requester: string) {
  const { kind, change, whenFiled } = wish;
  try {
    return readAccessRequest(
      {
        organizationId: input.organizationId,
        team: input.team!,
        justification: input.justification!,
        ticket: input.ticket,
        duration: input.duration!,
        changes: [{ kind, ...change, ...whenFiled }],
      },
      requester,
    );
  } catch (error) {
    if (!isError(error)) throw error;
    throw new InputError(toDirectFields(error.message));
  }
}

function refuseUncovered(request: RequestDetail, wish: DirectWish) {
  const { kind, change, schema } = wish;
  const { data, error } = schema.safeParse(change);
  if (error) {
    throw new InputError(
      error.issues
        .map(({ path, message }) =>
          toDirectFields(`changes.0.${path.join('.')} ${message}.`),
        )
        .join('\n'),
    );
  }
  const asked = leaveGiven(data, change);
  const isCovered = request.changes.some(
    approved => approved.kind === kind && coversWish(approved, asked),
  );
  if (isCovered) return;
  throw new InputError(
    `requestId: access request ${request.number} does not ask for what this step is given. Give the step what the request asks for, or leave it out.`,
  );
}

/** Drops what the schema filled in: only what an author wrote is asked about. */
function leaveGiven(parsed: unknown, given: unknown): unknown {
  if (
    parsed === null ||
    typeof parsed !== 'object' ||
    Array.isArray(parsed) ||
    typeof given !== 'object'
  ) {
    return parsed;
  }
  return Object.fromEntries(
    Object.entries(given as object)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [
        key,
        leaveGiven((parsed as Record<string, unknown>)[key], value),
      ]),
  );
}
