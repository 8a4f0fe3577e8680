import { z } from 'zod';
import { GraphError } from '../protocol/GraphError';

const text = z.string().max(1024).nullish();

/** A role of an application, as it is written. */
export const appRole = z.strictObject({
  '@odata.type': z.string().optional(),
  id: z.guid(),
  allowedMemberTypes: z.array(z.enum(['User', 'Application'])).min(1),
  description: z.string().min(1),
  displayName: z.string().min(1),
  isEnabled: z.boolean().default(true),
  origin: text,
  value: z.string().max(250).nullish(),
});

/** A role as it is stored and answered. */
export type AppRole = z.infer<typeof appRole>;

/** Graph writes and reads keys in base64; the key itself is never read back from an application. */
export const keyCredential = z.strictObject({
  '@odata.type': z.string().optional(),
  customKeyIdentifier: text,
  displayName: text,
  endDateTime: z.iso.datetime({ offset: true }).nullish(),
  key: z.string().nullish(),
  keyId: z.guid().nullish(),
  startDateTime: z.iso.datetime({ offset: true }).nullish(),
  type: z.enum(['AsymmetricX509Cert', 'X509CertAndPassword', 'Symmetric']),
  usage: z.enum(['Sign', 'Verify', 'Encrypt', 'Decrypt']),
});

const uris = z.array(z.string().min(1).max(255));

const claim = z.strictObject({
  additionalProperties: z.array(z.string()).optional(),
  essential: z.boolean().optional(),
  name: z.string(),
  source: text,
});

/** What may be written to an application. */
export const applicationChanges = z.strictObject({
  displayName: z.string().min(1).max(256).optional(),
  description: text,
  notes: text,
  identifierUris: uris.optional(),
  web: z
    .strictObject({
      homePageUrl: text,
      logoutUrl: text,
      redirectUris: uris.max(256).optional(),
      redirectUriSettings: z
        .array(
          z.strictObject({
            index: z.number().int().nullish(),
            uri: z.string().nullish(),
          }),
        )
        .optional(),
      implicitGrantSettings: z
        .strictObject({
          enableAccessTokenIssuance: z.boolean().nullish(),
          enableIdTokenIssuance: z.boolean().nullish(),
        })
        .nullish(),
    })
    .nullish(),
  appRoles: z.array(appRole).optional(),
  keyCredentials: z.array(keyCredential).optional(),
  groupMembershipClaims: z
    .enum(['None', 'SecurityGroup', 'All', 'ApplicationGroup', 'DirectoryRole'])
    .nullish(),
  optionalClaims: z
    .strictObject({
      accessToken: z.array(claim).optional(),
      idToken: z.array(claim).optional(),
      saml2Token: z.array(claim).optional(),
    })
    .nullish(),
  samlMetadataUrl: text,
  signInAudience: z
    .enum([
      'AzureADMyOrg',
      'AzureADMultipleOrgs',
      'AzureADandPersonalMicrosoftAccount',
      'PersonalMicrosoftAccount',
    ])
    .optional(),
  tags: z.array(z.string().max(256)).optional(),
  requiredResourceAccess: z
    .array(
      z.strictObject({
        resourceAppId: z.guid(),
        resourceAccess: z.array(
          z.strictObject({ id: z.guid(), type: z.enum(['Role', 'Scope']) }),
        ),
      }),
    )
    .optional(),
  serviceManagementReference: text,
});

/**
 * Checks a new list of roles against the old one.
 *
 * @throws GraphError 400 for a role that goes while it is enabled, or for a value that two roles have
 */
export function demandRoleChange(before: AppRole[], after: AppRole[]): void {
  const values = after.map(({ value }) => value).filter(Boolean);
  if (
    new Set(values).size < values.length ||
    new Set(after.map(({ id }) => id)).size < after.length
  ) {
    throw GraphError.badRequest(
      'Request contains a property with duplicate values.',
    );
  }
  const kept = new Set(after.map(({ id }) => id));
  if (before.some(role => role.isEnabled && !kept.has(role.id))) {
    throw new GraphError(
      400,
      'CannotDeleteOrUpdateEnabledEntitlement',
      'Property value cannot be deleted unless it is disabled first.',
    );
  }
}
