import { exampleClouds } from './exampleConstants';
import { exampleUuid } from './exampleIds';

/**
 * A team of the example company; the name is that of the catalog Group.
 *
 * @public
 */
export type ExampleTeam = {
  name: string;
  displayName: string;
  /** How the names of the team's access groups write it: `AWS-{groupName}-...`. */
  groupName: string;
  description: string;
  /** The person who leads the team, by catalog name. */
  lead: string;
};

/**
 * A person of the example company; the name is that of the catalog User.
 *
 * @public
 */
export type ExamplePerson = {
  name: string;
  displayName: string;
  givenName: string;
  /** Absent for the one person whom SCIM cannot provision. */
  surname?: string;
  team: string;
  jobTitle: string;
  userPrincipalName: string;
  /** Object id in Entra, also in the catalog annotation. */
  entraId: string;
  /** User id in the identity store once SCIM has carried the person there. */
  identityStoreUserId: string;
};

/** @public */
export const exampleTeams: ExampleTeam[] = [
  {
    name: 'payments',
    displayName: 'Payments',
    groupName: 'Payments',
    description: 'Takes the money: checkout, invoices, refunds',
    lead: 'petra',
  },
  {
    name: 'data',
    displayName: 'Data',
    groupName: 'Data',
    description: 'Runs the warehouse and everything that reads from it',
    lead: 'otto',
  },
  {
    name: 'web-shop',
    displayName: 'Web shop',
    groupName: 'WebShop',
    description: 'The shop that customers see',
    lead: 'walter',
  },
  {
    name: 'logistics',
    displayName: 'Logistics',
    groupName: 'Logistics',
    description: 'Routes, depots and the vans in between',
    lead: 'theo',
  },
  {
    name: 'mobile',
    displayName: 'Mobile',
    groupName: 'Mobile',
    description: 'The apps of customers and drivers',
    lead: 'yara',
  },
  {
    name: 'security',
    displayName: 'Security',
    groupName: 'Security',
    description: 'Approves what is risky and looks at what happened',
    lead: 'sia',
  },
  {
    name: 'cloud-platform',
    displayName: 'Cloud platform',
    groupName: 'CloudPlatform',
    description: 'Owns the AWS organization and its network',
    lead: 'ida',
  },
  {
    name: 'finance',
    displayName: 'Finance',
    groupName: 'Finance',
    description: 'Pays the bills, cloud bills included',
    lead: 'felix',
  },
];

/** team: [given name, surname, job title], the lead first. */
const staff: Record<string, [string, string | undefined, string][]> = {
  payments: [
    ['Petra', 'Pohl', 'Team lead'],
    ['Ana', 'Alves', 'Developer'],
    ['Ben', 'Brandt', 'Developer'],
    ['Carla', 'Costa', 'Developer'],
    ['Dario', 'Donati', 'Site reliability engineer'],
    ['Emil', 'Ek', 'Developer'],
    ['Freya', 'Falk', 'Product manager'],
  ],
  data: [
    ['Otto', 'Olsen', 'Team lead'],
    ['Greta', 'Gruber', 'Data engineer'],
    ['Hassan', 'Haddad', 'Database administrator'],
    ['Ines', 'Ibarra', 'Data scientist'],
    ['Jonas', 'Jansen', 'Data engineer'],
    // One name only, as millions of people have: no surname to provision with.
    ['Madhuri', undefined, 'Data scientist'],
  ],
  'web-shop': [
    ['Walter', 'Weiss', 'Team lead'],
    ['Uma', 'Ude', 'Developer'],
    ['Lena', 'Lind', 'Developer'],
    ['Klara', 'Kovac', 'Developer'],
    ['Luca', 'Longo', 'Designer'],
    ['Mina', 'Moreau', 'Developer'],
    ['Nils', 'Nyberg', 'Developer'],
    ['Olga', 'Orlova', 'Tester'],
  ],
  logistics: [
    ['Theo', 'Tanaka', 'Team lead'],
    ['Nora', 'Nilsen', 'Developer'],
    ['Pavel', 'Petrov', 'Developer'],
    ['Quinn', 'Quigley', 'Support engineer'],
    ['Rosa', 'Romero', 'Developer'],
    ['Samir', 'Said', 'Support engineer'],
  ],
  mobile: [
    ['Yara', 'Yilmaz', 'Team lead'],
    ['Tara', 'Toth', 'Developer'],
    ['Ugo', 'Uberti', 'Developer'],
    ['Vera', 'Vogel', 'Developer'],
    ['Wim', 'Wouters', 'Tester'],
  ],
  security: [
    ['Sia', 'Sand', 'Security lead'],
    ['Xenia', 'Xu', 'Security engineer'],
    ['Yusuf', 'Yang', 'Security engineer'],
    ['Zoe', 'Zimmer', 'Auditor'],
  ],
  'cloud-platform': [
    ['Ida', 'Iversen', 'Cloud identity admin'],
    ['Arne', 'Aalto', 'Platform engineer'],
    ['Bianca', 'Berg', 'Network engineer'],
    ['Cem', 'Celik', 'Platform engineer'],
    ['Dora', 'Dahl', 'Platform engineer'],
  ],
  finance: [
    ['Felix', 'Fuchs', 'Head of finance'],
    ['Gina', 'Galli', 'Controller'],
    ['Henrik', 'Holm', 'Accountant'],
    ['Irma', 'Ivanova', 'Accountant'],
  ],
};

/** @public */
export const examplePeople: ExamplePerson[] = Object.entries(staff).flatMap(
  ([team, members]) =>
    members.map(([givenName, surname, jobTitle]) => {
      const name = givenName.toLowerCase();
      const mailbox = [name, surname?.toLowerCase()].filter(Boolean).join('.');
      return {
        name,
        displayName: [givenName, surname].filter(Boolean).join(' '),
        givenName,
        ...(surname ? { surname } : {}),
        team,
        jobTitle,
        userPrincipalName: `${mailbox}@${exampleClouds.domain}`,
        entraId: exampleUuid('entra-user', name),
        identityStoreUserId: exampleUuid('identity-store-user', name),
      };
    }),
);
