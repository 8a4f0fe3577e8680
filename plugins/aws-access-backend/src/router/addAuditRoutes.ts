import { AuditEvent } from 'backstage-plugin-aws-access-common';
import { Router } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { auditCsv } from '../audit/auditCsv';
import { AuditService } from '../audit/AuditService';
import { ViewerResolver } from '../authorization/ViewerResolver';
import { parseInput } from './parseInput';

const moment = z.iso.datetime({ offset: true }).transform(toUtc).optional();

const filters = z.object({
  organizationId: z.string().optional(),
  requestId: z.string().optional(),
  kind: z.string().max(100).optional(),
  actor: z.string().max(300).optional(),
  from: moment,
  to: moment,
});

const listQuery = filters.extend({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const exportQuery = filters.extend({ format: z.enum(['csv', 'json']) });

const verifyQuery = z
  .object({
    organizationId: z.string().optional(),
    sequence: z.coerce.number().int().positive().optional(),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex')
      .optional(),
  })
  .refine(query => (query.sequence === undefined) === !query.hash, {
    path: ['hash'],
    message: 'must be given together with sequence: both are of a known head',
  });

/** As the rows have it, so that text order is time order. */
function toUtc(text: string): string {
  return new Date(text).toISOString();
}

/** `GET /audit`, `GET /audit/export` and `GET /audit/verify`. */
export function addAuditRoutes(
  router: Router,
  options: { audit: AuditService; viewers: ViewerResolver },
): void {
  const { audit, viewers } = options;

  router.get('/audit', async (request, response) => {
    const caller = await viewers.resolve(request);
    response.json(
      await audit.list(parseInput(listQuery, request.query), caller),
    );
  });

  router.get('/audit/export', async (request, response) => {
    const caller = await viewers.resolve(request);
    const { format, ...query } = parseInput(exportQuery, request.query);
    const pages = await audit.export(query, caller);
    response.attachment(`aws-access-audit.${format}`);
    response.type(format);
    const text = format === 'csv' ? toCsv(pages) : toJson(pages);
    // A reader who goes away ends the reading; a slow one slows it down.
    await pipeline(Readable.from(text), response);
  });

  router.get('/audit/verify', async (request, response) => {
    const caller = await viewers.resolve(request);
    const { organizationId, sequence, hash } = parseInput(
      verifyQuery,
      request.query,
    );
    const known = sequence && hash ? { sequence, hash } : undefined;
    response.json(await audit.verify(organizationId, known, caller));
  });
}

async function* toCsv(pages: AsyncIterable<AuditEvent[]>) {
  let isFirst = true;
  for await (const page of pages) {
    yield auditCsv(page, isFirst);
    isFirst = false;
  }
  if (isFirst) yield auditCsv([], true);
}

async function* toJson(pages: AsyncIterable<AuditEvent[]>) {
  yield '[';
  let isFirst = true;
  for await (const page of pages) {
    for (const event of page) {
      yield `${isFirst ? '' : ','}\n${JSON.stringify(event)}`;
      isFirst = false;
    }
  }
  yield '\n]\n';
}
