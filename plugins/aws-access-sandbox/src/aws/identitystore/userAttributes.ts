import { z } from 'zod';
import { Text, UserName } from './shapes';

const value = {
  Value: Text.optional(),
  Type: Text.optional(),
  Primary: z.boolean().optional(),
};

/** The attributes of a user that have no meaning to the sandbox: kept as they came, and given back. */
const otherAttributes = {
  NickName: Text.optional(),
  ProfileUrl: Text.optional(),
  Addresses: z
    .array(
      z.object({
        StreetAddress: Text.optional(),
        Locality: Text.optional(),
        Region: Text.optional(),
        PostalCode: Text.optional(),
        Country: Text.optional(),
        Formatted: Text.optional(),
        Type: Text.optional(),
        Primary: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(1)
    .optional(),
  UserType: Text.optional(),
  PreferredLanguage: Text.optional(),
  Locale: Text.optional(),
  Timezone: Text.optional(),
  Photos: z
    .array(
      z.object({
        Value: Text,
        Type: Text.optional(),
        Display: Text.optional(),
        Primary: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(3)
    .optional(),
  Website: Text.optional(),
  Birthdate: Text.optional(),
  Roles: z.array(z.object(value)).min(1).max(1).optional(),
};

/** The parts of a name beside the given and the family name. */
const otherNameParts = {
  Formatted: Text.optional(),
  MiddleName: Text.optional(),
  HonorificPrefix: Text.optional(),
  HonorificSuffix: Text.optional(),
};

/** Everything that a user may be created with. */
export const userAttributes = {
  UserName: UserName.optional(),
  Name: z
    .object({
      GivenName: Text.optional(),
      FamilyName: Text.optional(),
      ...otherNameParts,
    })
    .optional(),
  DisplayName: Text.optional(),
  Emails: z.array(z.object(value)).min(1).max(1).optional(),
  PhoneNumbers: z.array(z.object(value)).min(1).max(1).optional(),
  Title: Text.optional(),
  ...otherAttributes,
};

/** What of a user's attributes goes into `attributes_json`. */
export const OtherUserAttributes = z.object({
  Name: z.object(otherNameParts).optional(),
  ...otherAttributes,
});
