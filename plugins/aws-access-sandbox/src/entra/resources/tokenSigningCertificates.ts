import { randomUUID } from 'crypto';
import { z } from 'zod';
import type { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { graphTime } from '../protocol/graphTime';
import { parseBody } from '../protocol/parseBody';
import { recordMutation, trackChange } from '../protocol/recordMutation';
import { mayChangeApplication } from './applicationRights';
import { selfSignedCertificate } from './selfSignedCertificate';
import { requireServicePrincipal } from './servicePrincipals';
import { mergeServicePrincipalAttributes } from './servicePrincipalWrites';

/** As documented: three years unless asked for less, and no more than that. */
const LIFETIME_MS = 3 * 365 * 24 * 60 * 60_000;

const input = z.strictObject({
  displayName: z
    .string()
    .regex(/^CN=.+/, 'it must start with "CN="')
    .nullish(),
  endDateTime: z.iso.datetime({ offset: true }).nullish(),
});

function addCertificate(call: GraphCall): GraphAnswer {
  const principal = requireServicePrincipal(call);
  mayChangeApplication(call, principal);
  const body = parseBody(input, call.body);
  const subject =
    body.displayName ?? 'CN=Microsoft Azure Federated SSO Certificate';
  const now = call.context.clock.now();
  const until = body.endDateTime
    ? Date.parse(body.endDateTime)
    : now + LIFETIME_MS;
  if (until <= now || until > now + LIFETIME_MS) {
    throw GraphError.badRequest(
      "Invalid value specified for property 'endDateTime': it must lie in the next three years.",
    );
  }
  const made = selfSignedCertificate(subject.slice('CN='.length), now, until);
  const shared = {
    customKeyIdentifier: made.identifier,
    displayName: subject,
    startDateTime: graphTime(now),
    endDateTime: graphTime(until),
  };
  const verify = {
    ...shared,
    keyId: randomUUID(),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
  };
  const signing = {
    ...shared,
    keyId: randomUUID(),
    type: 'X509CertAndPassword',
    usage: 'Sign',
  };
  mergeServicePrincipalAttributes(call, String(principal.id), {
    keyCredentials: [
      ...((principal.keyCredentials as object[] | undefined) ?? []),
      { ...signing, key: null },
      { ...verify, key: made.certificate },
    ],
    passwordCredentials: [
      ...((principal.passwordCredentials as object[] | undefined) ?? []),
      { ...shared, keyId: signing.keyId, hint: null, secretText: null },
    ],
    // The first one signs at once; later ones wait to be made active.
    ...(principal.preferredTokenSigningKeyThumbprint
      ? {}
      : { preferredTokenSigningKeyThumbprint: made.thumbprint }),
  });
  trackChange(call, 'servicePrincipal', principal.id);
  recordMutation(call, {
    activity: 'Add service principal credentials',
    category: 'ApplicationManagement',
    operation: 'Update',
    targets: [
      {
        type: 'ServicePrincipal',
        id: principal.id,
        displayName: principal.displayName,
        modified: [
          { displayName: 'KeyDescription', newValue: made.thumbprint },
        ],
      },
    ],
  });
  return {
    status: 200,
    body: {
      '@odata.context': `${call.serviceRoot}/$metadata#microsoft.graph.selfSignedCertificate`,
      ...verify,
      key: made.certificate,
      thumbprint: made.thumbprint,
    },
  };
}

/** The certificates that sign SAML tokens. */
export const tokenSigningCertificateRoutes: GraphRoute[] = [
  {
    method: 'POST',
    path: '/servicePrincipals/{id}/addTokenSigningCertificate',
    permissions: ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy'],
    handle: addCertificate,
  },
];
