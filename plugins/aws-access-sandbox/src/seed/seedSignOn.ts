import type { SandboxStore } from '../store/SandboxStore';
import { exampleClouds, exampleFoundedAt } from './exampleConstants';
import { exampleUuid } from './exampleIds';
import { examplePeople } from './examplePeople';

const { entra } = exampleClouds;

const DAY_MS = 24 * 60 * 60_000;

/** How far back the sign-in log of the seed reaches. */
const DAYS = 21;

const everyone = {
  includeUsers: ['All'],
  excludeUsers: [],
  includeGroups: [],
  excludeGroups: [],
  includeRoles: [],
  excludeRoles: [],
};

const conditions = {
  userRiskLevels: [],
  signInRiskLevels: [],
  servicePrincipalRiskLevels: [],
  clientAppTypes: ['all'],
  platforms: null,
  locations: null,
  devices: null,
  clientApplications: null,
  applications: {
    includeApplications: [entra.enterpriseApplication.appId],
    excludeApplications: [],
    includeUserActions: [],
    includeAuthenticationContextClassReferences: [],
  },
  users: everyone,
};

const grant = (control: string) => ({
  operator: 'OR',
  builtInControls: [control],
  customAuthenticationFactors: [],
  termsOfUse: [],
});

const policies = [
  {
    displayName: 'AWS: require multifactor authentication',
    state: 'enabled',
    grantControls: grant('mfa'),
    sessionControls: null,
  },
  {
    displayName: 'AWS: managed devices only (trial)',
    state: 'enabledForReportingButNotEnforced',
    grantControls: grant('compliantDevice'),
    sessionControls: null,
  },
];

/** Writes the rules of sign-on to AWS. */
export function seedConditionalAccess(store: SandboxStore): void {
  for (const policy of policies) {
    store.insert('entra_conditional_access_policies', {
      id: exampleUuid('conditional-access', policy.displayName),
      body_json: JSON.stringify({ ...policy, conditions }),
      created_at: exampleFoundedAt,
    });
  }
}

/** Writes who signed in to AWS: most people on some days, every fifth never, so that unused access can be told. */
export function seedSignIns(store: SandboxStore, now: number): void {
  for (let day = DAYS; day >= 1; day -= 1) {
    examplePeople.forEach((person, index) => {
      if (index % 5 === 4 || (index + day) % 6 !== 0) {
        return;
      }
      store.insert('entra_sign_ins', {
        id: exampleUuid('sign-in', `${person.name}/${day}`),
        happened_at: now - day * DAY_MS + index * 60_000,
        user_id: person.entraId,
        app_id: entra.enterpriseApplication.appId,
        ip_address: `203.0.113.${10 + index}`,
      });
    });
  }
}
