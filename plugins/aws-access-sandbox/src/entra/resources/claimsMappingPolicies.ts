import { randomUUID } from 'crypto';
import { z } from 'zod';
import type { SqlValue } from '../../store/SandboxStore';
import type { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { parseBody } from '../protocol/parseBody';
import { recordMutation } from '../protocol/recordMutation';
import { answerCollection, answerObject } from '../query/answerObjects';
import { tableSource } from '../query/GraphSource';
import type { GraphType } from '../query/GraphType';
import { mayChangeApplication } from './applicationRights';
import { requireServicePrincipal } from './servicePrincipals';

const type: GraphType = {
  name: 'microsoft.graph.claimsMappingPolicy',
  properties: [
    'id',
    'deletedDateTime',
    'definition',
    'displayName',
    'isOrganizationDefault',
  ],
};

const input = z.strictObject({
  definition: z.array(z.string()).length(1, 'it has exactly one element'),
  displayName: z.string().min(1).max(256),
  isOrganizationDefault: z.boolean().optional(),
});

const claims = z.object({
  ClaimsMappingPolicy: z.object({
    Version: z.literal(1),
    IncludeBasicClaimSet: z.enum(['true', 'false']).optional(),
    ClaimsSchema: z.array(z.record(z.string(), z.unknown())).optional(),
  }),
});

const reference = z.strictObject({ '@odata.id': z.url() });

type Row = {
  seq: number;
  id: string;
  display_name: string;
  definition_json: string;
  is_organization_default: number;
};

const policySource = (call: GraphCall, where: string, ...key: SqlValue[]) =>
  tableSource<Row>({
    store: call.context.store,
    from: 'entra_claims_mapping_policies',
    where: { sql: where, parameters: key },
    columns: {
      id: { sql: 'id', kind: 'id' },
      displayName: { sql: 'display_name', kind: 'text' },
    },
    toObject: row => ({
      id: row.id,
      deletedDateTime: null,
      definition: JSON.parse(row.definition_json),
      displayName: row.display_name,
      isOrganizationDefault: row.is_organization_default === 1,
    }),
  });

function demandDefinition(text: string): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  if (!claims.safeParse(parsed).success) {
    throw GraphError.badRequest(
      "Property definition has an invalid value: it must be JSON with a 'ClaimsMappingPolicy' of Version 1.",
    );
  }
}

function createPolicy(call: GraphCall): GraphAnswer {
  const body = parseBody(input, call.body);
  demandDefinition(body.definition[0]);
  const id = randomUUID();
  call.context.store.insert('entra_claims_mapping_policies', {
    id,
    display_name: body.displayName,
    definition_json: JSON.stringify(body.definition),
    is_organization_default: Number(body.isOrganizationDefault ?? false),
  });
  recordMutation(call, {
    activity: 'Add policy',
    category: 'Policy',
    operation: 'Add',
    targets: [{ type: 'Policy', id, displayName: body.displayName }],
  });
  const [created] = policySource(call, 'id = ?', id).page({ limit: 1 });
  return answerObject(call, type, created, { status: 201 });
}

/** An application has one policy; a second one conflicts. */
function assignPolicy(call: GraphCall): GraphAnswer {
  const { store } = call.context;
  const principal = requireServicePrincipal(call);
  mayChangeApplication(call, principal);
  const { '@odata.id': url } = parseBody(reference, call.body);
  const policyId =
    /\/(?:policies\/)?claimsMappingPolicies\/([0-9a-f-]{36})$/i.exec(url)?.[1];
  if (!policyId) {
    throw GraphError.badRequest(
      'Invalid entity reference value specified for @odata.id.',
    );
  }
  const [policy] = policySource(call, 'id = lower(?)', policyId).page({
    limit: 1,
  });
  if (!policy) {
    throw GraphError.notFound(policyId);
  }
  const added = store.run(
    'INSERT INTO entra_claims_policy_links (service_principal_id, policy_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
    [String(principal.id), String(policy.id)],
  );
  if (added === 0) {
    throw new GraphError(
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      'A conflicting object with one or more of the specified property values is present in the directory.',
    );
  }
  recordMutation(call, {
    activity: 'Add policy to service principal',
    category: 'Policy',
    operation: 'Assign',
    targets: [
      {
        type: 'ServicePrincipal',
        id: principal.id,
        displayName: principal.displayName,
      },
      { type: 'Policy', id: policy.id, displayName: policy.displayName },
    ],
  });
  return { status: 204 };
}

const readPolicies = [
  'Policy.Read.All',
  'Policy.ReadWrite.ApplicationConfiguration',
];

/** Which claims go into SAML tokens. */
export const claimsMappingPolicyRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/policies/claimsMappingPolicies',
    permissions: readPolicies,
    handle: call => answerCollection(call, type, policySource(call, '1')),
  },
  {
    method: 'POST',
    path: '/policies/claimsMappingPolicies',
    permissions: ['Policy.ReadWrite.ApplicationConfiguration'],
    handle: createPolicy,
  },
  {
    method: 'GET',
    path: '/servicePrincipals/{id}/claimsMappingPolicies',
    permissions: readPolicies,
    handle: call =>
      answerCollection(
        call,
        type,
        policySource(
          call,
          'id IN (SELECT policy_id FROM entra_claims_policy_links WHERE service_principal_id = ?)',
          String(requireServicePrincipal(call).id),
        ),
      ),
  },
  {
    method: 'POST',
    path: '/servicePrincipals/{id}/claimsMappingPolicies/$ref',
    permissions: ['Policy.ReadWrite.ApplicationConfiguration'],
    handle: assignPolicy,
  },
];
