import { exampleUuid } from './exampleIds';
import { examplePeople, exampleTeams } from './examplePeople';

/**
 * An Entra security group of the example company.
 *
 * @public
 */
export type ExampleGroup = {
  displayName: string;
  description: string;
  mailNickname: string;
  /** Catalog names of people; empty where none of them owns the group. */
  owners: string[];
  /** The portal's service principal is the only owner: nobody fills it by hand. */
  ownedByPortal: boolean;
  /** Catalog names of people. */
  members: string[];
  /** Whether the group is assigned to the enterprise application, so that SCIM carries it to AWS. */
  assigned: boolean;
  entraId: string;
  /** Group id in the identity store once SCIM has carried the group there. */
  identityStoreGroupId: string;
};

const group = (
  displayName: string,
  description: string,
  owners: string[],
  members: string[],
  { assigned = true, ownedByPortal = false } = {},
): ExampleGroup => ({
  displayName,
  description,
  mailNickname: displayName.toLowerCase(),
  owners,
  ownedByPortal,
  members,
  assigned,
  entraId: exampleUuid('entra-group', displayName),
  identityStoreGroupId: exampleUuid('identity-store-group', displayName),
});

const everyoneIn = (team: string) =>
  examplePeople.filter(person => person.team === team).map(({ name }) => name);

const everyone = examplePeople.map(({ name }) => name);

const accessGroup = (
  team: string,
  permissionSet: string,
  members: string[],
  { ownedByPortal = false } = {},
) => {
  const { groupName, displayName, lead } = exampleTeams.find(
    ({ name }) => name === team,
  )!;
  return group(
    `AWS-${groupName}-${permissionSet}`,
    `${permissionSet} in AWS for the team ${displayName}`,
    ownedByPortal ? [] : [lead],
    members,
    { ownedByPortal },
  );
};

/** @public */
export const exampleGroups: ExampleGroup[] = [
  // Lena moved to the web shop last spring; nobody took her out.
  accessGroup('payments', 'PowerUser', [
    'petra',
    'ana',
    'ben',
    'carla',
    'dario',
    'emil',
    'lena',
  ]),
  accessGroup('payments', 'ReadOnly', everyoneIn('payments')),
  // The one group that people join by asking for it.
  accessGroup('payments', 'DatabaseAdmin', ['petra', 'dario'], {
    ownedByPortal: true,
  }),
  accessGroup('payments', 'DeployPipeline', ['ana', 'ben', 'carla', 'dario']),
  accessGroup('data', 'PowerUser', ['otto', 'greta', 'hassan', 'jonas']),
  accessGroup('data', 'ReadOnly', everyoneIn('data')),
  accessGroup('data', 'DatabaseAdmin', ['otto', 'hassan']),
  accessGroup('data', 'DataScientist', ['ines', 'madhuri']),
  accessGroup('web-shop', 'PowerUser', [
    'walter',
    'uma',
    'lena',
    'klara',
    'mina',
    'nils',
  ]),
  accessGroup('web-shop', 'ReadOnly', everyoneIn('web-shop')),
  accessGroup('logistics', 'ReadOnly', everyoneIn('logistics')),
  accessGroup('logistics', 'SupportUser', ['theo', 'quinn', 'samir']),
  accessGroup('logistics', 'PowerUser', ['theo', 'nora', 'pavel', 'rosa']),
  accessGroup('mobile', 'PowerUser', everyoneIn('mobile')),
  accessGroup('mobile', 'LogReader', ['yara', 'tara', 'ugo', 'vera']),
  accessGroup('security', 'SecurityAudit', everyoneIn('security')),
  accessGroup('cloud-platform', 'AdministratorAccess', ['ida', 'arne']),
  accessGroup('cloud-platform', 'NetworkAdmin', everyoneIn('cloud-platform')),
  accessGroup('cloud-platform', 'BreakGlass', ['ida', 'sia']),
  accessGroup('finance', 'Billing', everyoneIn('finance')),
  // Grown over the years: a third of the engineers, administrators of every production workload.
  group(
    'AWS-Prod-Admins',
    'Administrators of all production workloads',
    ['arne'],
    [
      'arne',
      'bianca',
      'cem',
      'dora',
      'greta',
      'hassan',
      'ida',
      'jonas',
      'klara',
      'nils',
      'otto',
      'pavel',
      'theo',
      'walter',
      'yara',
    ],
  ),
  // Whoever made it has left, and nobody owns it now.
  group(
    'AWS-Reporting-ReadOnly',
    'Quarterly report 2022',
    [],
    ['gina', 'henrik', 'ines', 'mina', 'rosa'],
  ),
  // Ordinary groups of the tenant, which SCIM must leave alone.
  group('Parcel-Everyone', 'All staff', ['ida'], everyone, {
    assigned: false,
  }),
  group(
    'Parcel-Leads',
    'All team leads',
    ['ida'],
    exampleTeams.map(({ lead }) => lead),
    { assigned: false },
  ),
];
