import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { guidSchema } from './guidSchema';

/** The login authority of a sovereign cloud; the identity library wants https. */
const authorityHostSchema = z
  .url({ protocol: /^https$/, error: 'must be a URL with https' })
  .optional();

const fileSchema = z
  .string()
  .refine(isAbsolute, 'must be an absolute path, as /run/secrets/entra.pem');

/** How the plugin signs in to Entra. Files are read when they are needed. */
export const entraCredentialsSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('accessToken'), token: z.string().min(1) }),
  z.strictObject({
    type: z.literal('clientSecret'),
    clientId: guidSchema,
    clientSecret: z.string().min(1),
    authorityHost: authorityHostSchema,
  }),
  z.strictObject({
    type: z.literal('certificate'),
    clientId: guidSchema,
    /** A PEM file with the certificate and its private key. */
    certificatePath: fileSchema,
    certificatePassword: z.string().min(1).optional(),
    /** Needed where Entra trusts the issuer and subject instead of the certificate. */
    sendCertificateChain: z.boolean().optional(),
    authorityHost: authorityHostSchema,
  }),
  z.strictObject({
    type: z.literal('workloadIdentity'),
    clientId: guidSchema,
    /** Default: what the environment names. */
    tokenFilePath: fileSchema.optional(),
    authorityHost: authorityHostSchema,
  }),
  z.strictObject({
    type: z.literal('managedIdentity'),
    /** Of a user-assigned identity; left out = the system-assigned one. */
    clientId: guidSchema.optional(),
  }),
]);

/** Entra credentials as they were configured. */
export type EntraCredentials = z.output<typeof entraCredentialsSchema>;
