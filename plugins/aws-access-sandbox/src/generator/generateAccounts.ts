import { exampleClouds, exampleFoundedAt } from '../seed';
import type { SandboxStore } from '../store/SandboxStore';
import type { GeneratedTeams } from './GeneratedTeams';
import { SeededRandom } from './SeededRandom';

const { aws, domain } = exampleClouds;

/** Accounts of one business, which has an organizational unit of its own. */
const ACCOUNTS_PER_BUSINESS = 100;

/** One account in so many is suspended, as in every organization of some age. */
const SUSPENDED_EVERY = 97;

/** Ids are drawn from steps of this size, so that no two are alike and all have twelve digits. */
const FIRST_ACCOUNT_ID = 300_000_000_000;
const ACCOUNT_ID_STEP = 1_000_000;

const DAY_MS = 24 * 60 * 60_000;

const stages = [
  { environment: 'prod', unit: 'Production' },
  { environment: 'staging', unit: 'Staging' },
  { environment: 'dev', unit: 'Development' },
] as const;

type UnitRow = [id: string, arn: string, name: string, parentId: string];

const arn = (kind: string, id: string) =>
  `arn:aws:organizations::${aws.managementAccountId}:${kind}/${aws.organizationId}/${id}`;

/** The units of all businesses, parents first, and where the accounts of each stage go. */
function planUnits(businesses: number, random: SeededRandom) {
  const rows: UnitRow[] = [];
  const add = (name: string, parentId: string) => {
    const id = `ou-${aws.rootId.slice(2)}-${random.hexDigits(8)}`;
    rows.push([id, arn('ou', id), name, parentId]);
    return id;
  };
  const top = add('Businesses', aws.rootId);
  const homes = Array.from({ length: businesses }, (_, index) => {
    const business = add(`Business-${String(index + 1).padStart(3, '0')}`, top);
    const nonProduction = add('NonProduction', business);
    return {
      Production: add('Production', business),
      Staging: add('Staging', nonProduction),
      Development: add('Development', nonProduction),
    };
  });
  return { rows, homes };
}

/**
 * Writes the accounts below nested organizational units, with their tags.
 *
 * @returns the ids of the accounts, those of one business and one workload side by side
 */
export function generateAccounts(
  store: SandboxStore,
  teams: GeneratedTeams,
  seed: number,
): string[] {
  const count = teams.added.accounts;
  if (count === 0) {
    return [];
  }
  const random = new SeededRandom(`${seed}/accounts`);
  const units = planUnits(Math.ceil(count / ACCOUNTS_PER_BUSINESS), random);
  store.insertMany(
    'aws_organizational_units',
    ['id', 'arn', 'name', 'parent_id'],
    units.rows,
  );
  const accounts = Array.from({ length: count }, (_, index) => {
    const id = String(
      FIRST_ACCOUNT_ID +
        index * ACCOUNT_ID_STEP +
        random.below(ACCOUNT_ID_STEP),
    );
    const stage = stages[index % stages.length];
    const team = teams.nameOf(teams.teamOf('accounts', index)).toLowerCase();
    const workload = String(Math.floor(index / stages.length) + 1);
    return {
      id,
      name: `${team}-${workload.padStart(4, '0')}-${stage.environment}`,
      parentId:
        units.homes[Math.floor(index / ACCOUNTS_PER_BUSINESS)][stage.unit],
      joinedAt: exampleFoundedAt - random.below(1_500) * DAY_MS,
      tags: [
        ['environment', stage.environment],
        ['owner', `group:default/${team}`],
        ['cost-center', String(10_000 + random.below(900))],
      ],
    };
  });
  store.insertMany(
    'aws_accounts',
    ['id', 'arn', 'name', 'email', 'state', 'joined_at', 'parent_id'],
    accounts.map((account, index) => [
      account.id,
      arn('account', account.id),
      account.name,
      `aws+${account.name}@${domain}`,
      index % SUSPENDED_EVERY === SUSPENDED_EVERY - 1 ? 'SUSPENDED' : 'ACTIVE',
      account.joinedAt,
      account.parentId,
    ]),
  );
  store.insertMany(
    'aws_resource_tags',
    ['resource_id', 'key', 'value'],
    accounts.flatMap(({ id, tags }) =>
      tags.map(([key, value]) => [id, key, value]),
    ),
  );
  return accounts.map(({ id }) => id);
}
