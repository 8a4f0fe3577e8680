import { z } from 'zod';

const names = z.array(z.string());
const risks = z.array(z.enum(['low', 'medium', 'high', 'hidden', 'none']));
const platforms = z.array(
  z.enum([
    'android',
    'iOS',
    'windows',
    'windowsPhone',
    'macOS',
    'all',
    'linux',
  ]),
);

const users = z.strictObject({
  includeUsers: names.optional(),
  excludeUsers: names.optional(),
  includeGroups: names.optional(),
  excludeGroups: names.optional(),
  includeRoles: names.optional(),
  excludeRoles: names.optional(),
});

const applications = z.strictObject({
  includeApplications: names.optional(),
  excludeApplications: names.optional(),
  includeUserActions: names.optional(),
  includeAuthenticationContextClassReferences: names.optional(),
});

const conditions = z.strictObject({
  applications,
  users,
  clientAppTypes: z
    .array(
      z.enum([
        'all',
        'browser',
        'mobileAppsAndDesktopClients',
        'exchangeActiveSync',
        'easSupported',
        'other',
      ]),
    )
    .min(1),
  signInRiskLevels: risks.optional(),
  userRiskLevels: risks.optional(),
  servicePrincipalRiskLevels: risks.optional(),
  platforms: z
    .strictObject({
      includePlatforms: platforms.optional(),
      excludePlatforms: platforms.optional(),
    })
    .nullish(),
  locations: z
    .strictObject({
      includeLocations: names.optional(),
      excludeLocations: names.optional(),
    })
    .nullish(),
});

const grantControls = z.strictObject({
  operator: z.enum(['AND', 'OR']),
  builtInControls: z.array(
    z.enum([
      'block',
      'mfa',
      'compliantDevice',
      'domainJoinedDevice',
      'approvedApplication',
      'compliantApplication',
      'passwordChange',
    ]),
  ),
  customAuthenticationFactors: names.optional(),
  termsOfUse: names.optional(),
});

const sessionControls = z.strictObject({
  signInFrequency: z
    .strictObject({
      isEnabled: z.boolean().nullish(),
      type: z.enum(['days', 'hours']).nullish(),
      value: z.number().int().min(1).nullish(),
      frequencyInterval: z.enum(['timeBased', 'everyTime']).nullish(),
      authenticationType: z
        .enum(['primaryAndSecondaryAuthentication', 'secondaryAuthentication'])
        .nullish(),
    })
    .nullish(),
  persistentBrowser: z
    .strictObject({
      isEnabled: z.boolean().nullish(),
      mode: z.enum(['always', 'never']).nullish(),
    })
    .nullish(),
});

/** A Conditional Access policy as it is written, of those parts that concern sign-on to AWS. */
export const conditionalAccessInput = z.strictObject({
  displayName: z.string().min(1).max(256),
  state: z.enum(['enabled', 'disabled', 'enabledForReportingButNotEnforced']),
  conditions,
  grantControls: grantControls.nullish(),
  sessionControls: sessionControls.nullish(),
});
