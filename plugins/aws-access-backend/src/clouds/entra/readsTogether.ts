import { z } from 'zod';
import { GraphRefusal } from './classifyEntraError';

/** Graph takes no more requests in one `$batch`. */
export const MOST_TOGETHER = 20;

const item = z.object({
  id: z.string(),
  status: z.number(),
  headers: z.record(z.string(), z.string()).nullish(),
  body: z.unknown().optional(),
});
const answer = z.object({ responses: z.array(z.unknown()) });

/** What Graph answered to one of the reads: what it read, or why not. */
export type ReadOutcome = { body: any } | { refusal: GraphRefusal };

const NO_ANSWER: ReadOutcome = {
  refusal: {
    status: 502,
    code: 'NoAnswerInBatch',
    message: '',
    retryAfterMs: undefined,
  },
};

/** The body of a `$batch` of reads. They do not depend on each other. */
export function toBatchBody(paths: string[]) {
  return {
    requests: paths.map((url, index) => ({
      id: String(index),
      method: 'GET',
      url,
    })),
  };
}

const onlyReads = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        id: z.string(),
        method: z.literal('GET'),
        url: z.string().startsWith('/'),
      }),
    )
    .max(MOST_TOGETHER),
});

/** Whether a request carries others, which may be anything. */
export function isBatch(url: string): boolean {
  return /\/(\$|%24)batch$/i.test(new URL(url).pathname);
}

/**
 * Whether it is a `$batch` of nothing but reads. Only that passes the gate without
 * a seal; a write is never sent in a batch, because each needs an authorization
 * for exactly itself (security rule 19), and is recorded, fenced and retried by
 * itself.
 */
export function isBatchOfReads(url: string, body: unknown): boolean {
  if (!isBatch(url) || typeof body !== 'string') return false;
  return onlyReads.safeParse(JSON.parse(body)).success;
}

/**
 * Takes a batch apart: each item has failed or succeeded by itself, inside a 200.
 * One that Graph says nothing of counts as a fault of Graph.
 *
 * @returns as many outcomes as there were reads, in their order
 */
export function outcomesOf(body: unknown, count: number): ReadOutcome[] {
  const outcomes = Array.from({ length: count }, () => NO_ANSWER);
  const parsed = answer.safeParse(body);
  for (const response of parsed.data?.responses ?? []) {
    const one = item.safeParse(response).data;
    const index = outcomes.findIndex((_, n) => String(n) === one?.id);
    if (one && index >= 0) outcomes[index] = toOutcome(one);
  }
  return outcomes;
}

function toOutcome({
  status,
  headers,
  body,
}: z.infer<typeof item>): ReadOutcome {
  if (status >= 200 && status < 300) {
    return isGraphObject(body) ? { body } : NO_ANSWER;
  }
  const error = (body as any)?.error;
  return {
    refusal: {
      status,
      code: String(error?.code ?? ''),
      message: String(error?.message ?? ''),
      retryAfterMs: retryAfterMs(headers ?? {}),
    },
  };
}

/** Whatever Graph answers to a read; what is not JSON stands in a batch as a text. */
export function isGraphObject(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

function retryAfterMs(headers: Record<string, string>): number | undefined {
  const [, value] =
    Object.entries(headers).find(([name]) => /^retry-after$/i.test(name)) ?? [];
  const seconds = Number(value ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
