import { z } from 'zod';
import type { SqlValue } from '../../store/SandboxStore';
import type { GraphObject } from '../query/GraphType';

const text = z.string().max(256).nullish();

/** What may be written to a user. */
export const userChanges = z.strictObject({
  accountEnabled: z.boolean().optional(),
  displayName: z.string().min(1).max(256).optional(),
  givenName: z.string().max(64).nullish(),
  surname: z.string().max(64).nullish(),
  jobTitle: z.string().max(128).nullish(),
  department: z.string().max(64).nullish(),
  mail: z.string().max(256).nullish(),
  mailNickname: z.string().min(1).max(64).optional(),
  mobilePhone: z.string().max(64).nullish(),
  userPrincipalName: z
    .string()
    .max(113)
    .regex(
      /^[A-Za-z0-9'._!#^~-]+@[A-Za-z0-9.-]+$/,
      'it is not a name at a domain',
    )
    .optional(),
  userType: z.enum(['Member', 'Guest']).optional(),
  businessPhones: z.array(z.string()).max(1).optional(),
  city: text,
  companyName: text,
  country: text,
  employeeId: text,
  employeeType: text,
  officeLocation: text,
  otherMails: z.array(z.string()).optional(),
  postalCode: text,
  preferredLanguage: text,
  state: text,
  streetAddress: text,
  usageLocation: z.string().length(2).nullish(),
  passwordPolicies: text,
  passwordProfile: z
    .strictObject({
      password: z.string().min(8).max(256).nullish(),
      forceChangePasswordNextSignIn: z.boolean().nullish(),
      forceChangePasswordNextSignInWithMfa: z.boolean().nullish(),
    })
    .optional(),
});

type Changes = z.infer<typeof userChanges>;

/** What a new user needs. */
export const userCreation = userChanges.required({
  accountEnabled: true,
  displayName: true,
  mailNickname: true,
  userPrincipalName: true,
  passwordProfile: true,
});

const COLUMNS: Partial<Record<keyof Changes, string>> = {
  accountEnabled: 'account_enabled',
  displayName: 'display_name',
  givenName: 'given_name',
  surname: 'surname',
  jobTitle: 'job_title',
  department: 'department',
  mail: 'mail',
  mailNickname: 'mail_nickname',
  mobilePhone: 'mobile_phone',
  userPrincipalName: 'user_principal_name',
  userType: 'user_type',
};

/**
 * The columns for what is written. Passwords are taken and forgotten: nobody
 * signs in to the sandbox.
 *
 * @param before - properties without a column of their own that the user has
 */
export function toUserColumns(
  { passwordProfile: _, passwordPolicies: __, ...input }: Changes,
  before: GraphObject,
): Record<string, SqlValue> {
  const row: Record<string, SqlValue> = {};
  const attributes: GraphObject = { ...before };
  for (const [property, value] of Object.entries(input)) {
    const column = COLUMNS[property as keyof Changes];
    if (column) {
      row[column] =
        typeof value === 'boolean'
          ? Number(value)
          : ((value ?? null) as SqlValue);
    } else {
      attributes[property] = value;
    }
  }
  row.attributes_json = JSON.stringify(attributes);
  return row;
}
