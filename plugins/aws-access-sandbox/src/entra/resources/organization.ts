import type { GraphRoute } from '../protocol/GraphCall';
import { answerCollection } from '../query/answerObjects';
import { listSource } from '../query/GraphSource';
import type { GraphType } from '../query/GraphType';

const type: GraphType = {
  name: 'microsoft.graph.organization',
  properties: [
    'id',
    'displayName',
    'createdDateTime',
    'countryLetterCode',
    'tenantType',
    'verifiedDomains',
  ],
  collections: ['verifiedDomains'],
};

/** The tenant itself: its id is how a client knows which one it reached. */
export const organizationRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/organization',
    permissions: [
      'Organization.Read.All',
      'Organization.ReadWrite.All',
      'Directory.Read.All',
      'Directory.ReadWrite.All',
    ],
    handle: call =>
      answerCollection(
        call,
        type,
        listSource(
          call.context.store
            .all<{ id: string; display_name: string; default_domain: string }>(
              'SELECT * FROM entra_tenant',
            )
            .map((tenant, index) => ({
              seq: index + 1,
              id: tenant.id,
              displayName: tenant.display_name,
              tenantType: 'AAD',
              verifiedDomains: [
                {
                  capabilities: 'Email, OfficeCommunicationsOnline',
                  isDefault: true,
                  isInitial: false,
                  name: tenant.default_domain,
                  type: 'Managed',
                },
              ],
            })),
        ),
      ),
  },
];
