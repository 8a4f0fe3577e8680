import { mockCredentials } from '@backstage/backend-test-utils';
import { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
} from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { Caller, Role } from '../authorization/Viewer';
import { CloudsProvider } from '../clouds/OrganizationClouds';
import { DatabaseStores } from '../database/DatabaseStores';
import { NO_SEALS } from '../integrity/Seals';
import { DatabaseInventory } from '../inventory/DatabaseInventory';
import { RememberingPersonDirectory } from '../people/RememberingPersonDirectory';
import { RequestPlanner } from '../planning/RequestPlanner';
import { createRequestService } from '../requests/createRequestService';
import { LargeCompany } from './LargeCompany';

const allow = async (queries: unknown[]): Promise<DefinitivePolicyDecision[]> =>
  queries.map(() => ({ result: AuthorizeResult.ALLOW }));

/** The request service as the router calls it, over a large company's database. */
export function largeCompanyService(knex: Knex, company: LargeCompany) {
  return createRequestService({
    config: company.config,
    stores: new DatabaseStores(knex, NO_SEALS),
    inventory: new DatabaseInventory(knex),
    directory: company.directory,
    // Nothing is planned by who only reads.
    planner: {} as RequestPlanner,
    clouds: {} as CloudsProvider,
    credentials: () => undefined,
    approverResolvers: new Map(),
    permissions: { authorize: allow, authorizeConditional: allow },
    permissionsRegistry: {
      addResourceType: () => {},
      getPermissionRuleset: () => ({ getRuleByName: () => undefined }),
    } as unknown as PermissionsRegistryService,
    wakeEngine: () => {},
  });
}

/** Somebody of the company who calls, as at the beginning of a call. */
export async function callerOf(
  company: LargeCompany,
  name: string,
  roles: Role[] = [],
): Promise<Caller> {
  const userRef = `user:default/${name}`;
  const person = (await company.directory.findPerson(userRef))!;
  return {
    userRef,
    displayName: person.displayName,
    entraUserId: person.entraUserId,
    teams: person.teams,
    roles: new Set(roles),
    actor: null,
    credentials: mockCredentials.user(userRef),
    directory: new RememberingPersonDirectory(company.directory),
  };
}

/** What people do most with many requests; each is measured and explained. */
export const LARGE_COMPANY_CALLS: Array<{
  name: string;
  caller: string;
  roles?: Role[];
  query: {
    view: 'all' | 'mine' | 'inbox';
    limit: number;
    team?: string;
    state?: 'stuck' | 'active';
    search?: string;
    cursor?: string;
  };
}> = [
  {
    name: 'inbox of an owner',
    caller: 'owner-3',
    query: { view: 'inbox', limit: 25 },
  },
  {
    name: 'inbox of security',
    caller: 'security-0',
    query: { view: 'inbox', limit: 25 },
  },
  {
    name: 'inbox of who decides on nothing',
    caller: 'person-5',
    query: { view: 'inbox', limit: 25 },
  },
  { name: 'mine', caller: 'person-5', query: { view: 'mine', limit: 25 } },
  {
    name: 'all that a developer may read',
    caller: 'person-5',
    query: { view: 'all', limit: 25 },
  },
  {
    name: 'all that an owner may read, stuck',
    caller: 'owner-3',
    query: { view: 'all', limit: 25, state: 'stuck' },
  },
  {
    name: 'all that an outsider may read',
    caller: 'stranger',
    query: { view: 'all', limit: 25 },
  },
  {
    name: 'all, for an auditor',
    caller: 'auditor',
    roles: ['auditor'],
    query: { view: 'all', limit: 25 },
  },
  {
    name: 'all, for an auditor, deep',
    caller: 'auditor',
    roles: ['auditor'],
    query: { view: 'all', limit: 25, cursor: '1500' },
  },
  {
    name: 'of a team, active, for its lead',
    caller: 'team-3-lead',
    query: {
      view: 'all',
      limit: 25,
      team: 'group:default/team-3',
      state: 'active',
    },
  },
  {
    name: 'an account, by its name, for a developer',
    caller: 'person-5',
    query: { view: 'all', limit: 25, search: 'account-17' },
  },
  {
    name: 'an account in a state, for an auditor',
    caller: 'auditor',
    roles: ['auditor'],
    query: { view: 'all', limit: 25, search: 'account-17 withdrawn' },
  },
  {
    name: 'a beginning that everything has, for an auditor',
    caller: 'auditor',
    roles: ['auditor'],
    query: { view: 'all', limit: 25, search: 'readon' },
  },
  {
    name: 'all that are stuck, by the word, for an auditor',
    caller: 'auditor',
    roles: ['auditor'],
    query: { view: 'all', limit: 25, search: 'stuck' },
  },
  {
    name: 'what nobody asked for, for an auditor',
    caller: 'auditor',
    roles: ['auditor'],
    query: { view: 'all', limit: 25, search: 'account-17 zebra' },
  },
  {
    name: 'an account that an outsider looks for',
    caller: 'stranger',
    query: { view: 'all', limit: 25, search: 'account-17' },
  },
  {
    name: 'of a team, for a stranger',
    caller: 'owner-3',
    query: { view: 'all', limit: 25, team: 'group:default/team-3' },
  },
];
