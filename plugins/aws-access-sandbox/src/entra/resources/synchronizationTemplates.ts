import type { GraphRoute } from '../protocol/GraphCall';
import { answerCollection } from '../query/answerObjects';
import { listSource } from '../query/GraphSource';
import type { GraphObject, GraphType } from '../query/GraphType';
import { requireServicePrincipal } from './servicePrincipals';

const type: GraphType = {
  name: 'microsoft.graph.synchronizationTemplate',
  properties: [
    'id',
    'applicationId',
    'default',
    'description',
    'discoverable',
    'factoryTag',
    'metadata',
  ],
  collections: ['metadata'],
};

/** Template of the gallery to template of provisioning; ids are not documented and are to be read here. */
const FACTORY_TAGS: Record<string, { tag: string; description: string }> = {
  '21ed01d2-ec13-4e9e-86c1-cd546719ebc4': {
    tag: 'aws',
    description: 'AWS IAM Identity Center',
  },
  '8b1025e4-1dd2-430b-a150-2ef79cd700f5': {
    tag: 'awsSingleAccount',
    description: 'AWS Single-Account Access, import of roles',
  },
  '8adf8e6e-67b2-4cf2-a259-e3dc5476c621': {
    tag: 'scim',
    description: 'SCIM 2.0',
  },
};

/** The kinds of provisioning that an instance of an application offers. */
export function templatesOf(
  servicePrincipal: GraphObject,
): { id: string; [property: string]: unknown }[] {
  const template = FACTORY_TAGS[String(servicePrincipal.applicationTemplateId)];
  return template
    ? [
        {
          id: template.tag,
          applicationId: servicePrincipal.appId,
          default: true,
          description: template.description,
          discoverable: true,
          factoryTag: template.tag,
          metadata: [
            {
              key: 'GalleryApplicationIdentifier',
              value: servicePrincipal.applicationTemplateId,
            },
            { key: 'IsOAuthEnabled', value: 'False' },
          ],
        },
      ]
    : [];
}

/** What kinds of provisioning an application offers. */
export const synchronizationTemplateRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/servicePrincipals/{id}/synchronization/templates',
    permissions: [
      'Synchronization.Read.All',
      'Synchronization.ReadWrite.All',
      'Application.ReadWrite.OwnedBy',
    ],
    handle: call =>
      answerCollection(
        call,
        type,
        listSource(templatesOf(requireServicePrincipal(call))),
      ),
  },
];
