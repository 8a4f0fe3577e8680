import { exampleClouds, exampleFoundedAt } from '../seed';
import type { SandboxStore } from '../store/SandboxStore';
import type { GeneratedTeams } from './GeneratedTeams';
import { SeededRandom } from './SeededRandom';

/** A person of the tenant, with the id that SCIM gives them in the identity store. */
export interface GeneratedPerson {
  readonly entraId: string;
  readonly userId: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly jobTitle: string;
}

const givenNames = [
  'Agata',
  'Bilal',
  'Chloe',
  'Dmitri',
  'Elif',
  'Farid',
  'Gita',
  'Hugo',
  'Irene',
  'Jakob',
  'Kaori',
  'Leon',
  'Marta',
  'Noor',
  'Oskar',
  'Paola',
  'Rafael',
  'Sanna',
  'Tomas',
  'Valeria',
];

const surnames = [
  'Abbas',
  'Bauer',
  'Castro',
  'Dahl',
  'Eriksen',
  'Ferrari',
  'Gomez',
  'Hoffmann',
  'Ito',
  'Jovanovic',
  'Kaya',
  'Lehtonen',
  'Meyer',
  'Novak',
  'Okafor',
  'Pereira',
  'Rossi',
  'Singh',
  'Toth',
  'Wagner',
];

const jobTitles = [
  'Developer',
  'Developer',
  'Developer',
  'Site reliability engineer',
  'Data engineer',
  'Product manager',
  'Tester',
];

/** Writes the people of the Entra tenant; the first of each team leads it. */
export function generatePeople(
  store: SandboxStore,
  teams: GeneratedTeams,
  seed: number,
): GeneratedPerson[] {
  const random = new SeededRandom(`${seed}/people`);
  const people = Array.from({ length: teams.added.people }, (_, index) => {
    const givenName = givenNames[random.below(givenNames.length)];
    const surname = surnames[random.below(surnames.length)];
    const team = teams.teamOf('people', index);
    return {
      entraId: random.uuid(),
      userId: random.uuid(),
      // The number is in the name, as companies with thousands of people do it to keep names apart.
      userPrincipalName: `${givenName}.${surname}.${index + 1}@${
        exampleClouds.domain
      }`.toLowerCase(),
      displayName: `${givenName} ${surname}`,
      givenName,
      surname,
      jobTitle:
        index === teams.firstOf('people', team)
          ? 'Team lead'
          : jobTitles[random.below(jobTitles.length)],
    };
  });
  store.insertMany(
    'entra_users',
    [
      'id',
      'user_principal_name',
      'display_name',
      'given_name',
      'surname',
      'mail',
      'mail_nickname',
      'job_title',
      'department',
      'created_at',
    ],
    people.map((person, index) => [
      person.entraId,
      person.userPrincipalName,
      person.displayName,
      person.givenName,
      person.surname,
      person.userPrincipalName,
      person.userPrincipalName.split('@')[0],
      person.jobTitle,
      teams.nameOf(teams.teamOf('people', index)),
      exampleFoundedAt,
    ]),
  );
  return people;
}
