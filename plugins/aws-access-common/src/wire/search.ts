import { z } from 'zod';
import { REQUEST_STATES } from '../requestStates';
import {
  accessLevelSchema,
  accountRefSchema,
  environmentSchema,
  permissionSetRefSchema,
} from './plan';

/**
 * Types of documents in Backstage search. Accounts and permission sets are
 * indexed; requests never are: the backend is asked for them as the reader.
 *
 * @public
 */
export const AWS_ACCESS_SEARCH_TYPES = {
  account: 'aws-access-account',
  permissionSet: 'aws-access-permission-set',
  request: 'aws-access-request',
} as const;

/**
 * What everybody may find of an account. Nothing of who has access to it.
 *
 * @public
 */
export const searchableAccountSchema = z.object({
  organizationId: z.string(),
  id: z.string(),
  name: z.string(),
  environment: environmentSchema,
  /** Names of the organizational units from the root down. */
  ouPath: z.array(z.string()),
});

/**
 * What everybody may find of a permission set. Nothing of who has it.
 *
 * @public
 */
export const searchablePermissionSetSchema = z.object({
  organizationId: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  accessLevel: accessLevelSchema,
  /** What it grants, in plain sentences. */
  access: z.array(z.string()),
});

/** @public */
export const searchableAccountsResponseSchema = z.object({
  items: z.array(searchableAccountSchema),
  nextCursor: z.string().nullable(),
});

/** @public */
export const searchablePermissionSetsResponseSchema = z.object({
  items: z.array(searchablePermissionSetSchema),
  nextCursor: z.string().nullable(),
});

/**
 * A page of what is to be indexed.
 *
 * @public
 */
export const searchableQuerySchema = z.object({
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

/** @public */
export type SearchableAccount = z.infer<typeof searchableAccountSchema>;
/** @public */
export type SearchablePermissionSet = z.infer<
  typeof searchablePermissionSetSchema
>;
/** @public */
export type SearchableAccountsResponse = z.infer<
  typeof searchableAccountsResponseSchema
>;
/** @public */
export type SearchablePermissionSetsResponse = z.infer<
  typeof searchablePermissionSetsResponseSchema
>;
/** Which page of what is to be indexed. @public */
export type SearchableQuery = z.output<typeof searchableQuerySchema>;

/**
 * An account as search finds it.
 *
 * @public
 */
export const accountSearchDocumentSchema = z.object({
  title: z.string(),
  accountId: z.string(),
  environment: environmentSchema,
  /** From the root down, with slashes between; empty = at the root. */
  organizationalUnit: z.string(),
});

/**
 * A permission set as search finds it.
 *
 * @public
 */
export const permissionSetSearchDocumentSchema = z.object({
  title: z.string(),
  /** What it grants and what it is for, in plain sentences. */
  text: z.string(),
  accessLevel: accessLevelSchema,
  organizationId: z.string(),
});

/**
 * A request as search finds it. It names nobody: what is found goes through logs
 * and analytics of the portal (security rule 30).
 *
 * @public
 */
export const requestSearchDocumentSchema = z.object({
  requestId: z.string(),
  number: z.number().int(),
  /** Ref of the team. */
  team: z.string(),
  state: z.enum(REQUEST_STATES),
  isDone: z.boolean(),
  /** The first few of them. */
  accounts: z.array(accountRefSchema),
  accountCount: z.number().int(),
  /** The first few of them. */
  permissionSets: z.array(
    permissionSetRefSchema.pick({ name: true, accessLevel: true }),
  ),
});

/** @public */
export type AccountSearchDocument = z.infer<typeof accountSearchDocumentSchema>;
/** @public */
export type PermissionSetSearchDocument = z.infer<
  typeof permissionSetSearchDocumentSchema
>;
/** @public */
export type RequestSearchDocument = z.infer<typeof requestSearchDocumentSchema>;
