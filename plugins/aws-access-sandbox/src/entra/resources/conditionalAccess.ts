import { randomUUID } from 'crypto';
import type { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { graphTime } from '../protocol/graphTime';
import { parseBody } from '../protocol/parseBody';
import { recordMutation } from '../protocol/recordMutation';
import { answerCollection, answerObject } from '../query/answerObjects';
import { listSource, tableSource } from '../query/GraphSource';
import type { GraphType } from '../query/GraphType';
import { conditionalAccessInput } from './conditionalAccessInput';

const type: GraphType = {
  name: 'microsoft.graph.conditionalAccessPolicy',
  properties: [
    'id',
    'templateId',
    'displayName',
    'createdDateTime',
    'modifiedDateTime',
    'state',
    'conditions',
    'grantControls',
    'sessionControls',
  ],
};

const namedLocationType: GraphType = {
  name: 'microsoft.graph.namedLocation',
  properties: ['id', 'displayName', 'createdDateTime', 'modifiedDateTime'],
};

type Row = { seq: number; id: string; body_json: string; created_at: number };

const policySource = ({ context }: GraphCall) =>
  tableSource<Row>({
    store: context.store,
    from: 'entra_conditional_access_policies',
    where: { sql: '1', parameters: [] },
    columns: { id: { sql: 'id', kind: 'id' } },
    toObject: row => ({
      ...JSON.parse(row.body_json),
      id: row.id,
      createdDateTime: graphTime(row.created_at),
    }),
  });

function requirePolicy(call: GraphCall) {
  const [policy] = policySource(call).page({
    condition: { sql: 'id = lower(?)', parameters: [call.parameters.id] },
    limit: 1,
  });
  if (!policy) {
    throw new GraphError(
      404,
      'ResourceNotFound',
      `${call.parameters.id} is not found in the directory.`,
    );
  }
  return policy;
}

/** Lists of conditions that were not given are empty in the answer, not absent. */
function withDefaults(input: ReturnType<typeof readInput>) {
  const { conditions, grantControls } = input;
  return {
    ...input,
    conditions: {
      userRiskLevels: [],
      signInRiskLevels: [],
      servicePrincipalRiskLevels: [],
      platforms: null,
      locations: null,
      devices: null,
      clientApplications: null,
      ...conditions,
      applications: {
        includeApplications: [],
        excludeApplications: [],
        includeUserActions: [],
        includeAuthenticationContextClassReferences: [],
        ...conditions.applications,
      },
      users: {
        includeUsers: [],
        excludeUsers: [],
        includeGroups: [],
        excludeGroups: [],
        includeRoles: [],
        excludeRoles: [],
        ...conditions.users,
      },
    },
    grantControls: grantControls && {
      customAuthenticationFactors: [],
      termsOfUse: [],
      ...grantControls,
    },
  };
}

const readInput = (call: GraphCall) => {
  const input = parseBody(conditionalAccessInput, call.body);
  if (!input.grantControls && !input.sessionControls) {
    throw new GraphError(
      400,
      'BadRequest',
      '1007: Policy must contain at least one grant or session control.',
    );
  }
  return input;
};

function createPolicy(call: GraphCall): GraphAnswer {
  const input = readInput(call);
  const id = randomUUID();
  call.context.store.insert('entra_conditional_access_policies', {
    id,
    body_json: JSON.stringify(withDefaults(input)),
    created_at: call.context.clock.now(),
  });
  recordMutation(call, {
    activity: 'Add conditional access policy',
    category: 'Policy',
    operation: 'Add',
    targets: [{ type: 'Policy', id, displayName: input.displayName }],
  });
  const created = requirePolicy({ ...call, parameters: { id } });
  return answerObject(call, type, created, { status: 201 });
}

const readPolicies = ['Policy.Read.All', 'Policy.Read.ConditionalAccess'];
const root = '/identity/conditionalAccess';

/** The rules of sign-on; one request a second for the whole tenant. */
export const conditionalAccessRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: `${root}/policies`,
    permissions: readPolicies,
    handle: call => answerCollection(call, type, policySource(call)),
  },
  {
    method: 'GET',
    path: `${root}/policies/{id}`,
    permissions: readPolicies,
    handle: call => answerObject(call, type, requirePolicy(call)),
  },
  {
    method: 'POST',
    path: `${root}/policies`,
    permissions: ['Policy.ReadWrite.ConditionalAccess'],
    handle: createPolicy,
  },
  {
    method: 'GET',
    path: `${root}/namedLocations`,
    permissions: readPolicies,
    handle: call => answerCollection(call, namedLocationType, listSource([])),
  },
];
