import { Command, InvalidArgumentError } from 'commander';
import { type RunningSandbox, startSandbox } from '../server/startSandbox';
import type { SandboxSwitches } from '../server/SandboxSwitches';
import { findSeed, type SandboxSeedName } from '../server/plantSeed';

interface CommandOptions {
  port: number;
  state: string;
  seed: SandboxSeedName;
  operationDelay: number;
  record?: string;
  weather: string;
  accountFields: SandboxSwitches['accountFields'];
  trailDelay: number;
  permissionSets: boolean;
  exitWithParent: boolean;
}

/**
 * The command `aws-access-sandbox`: starts a sandbox, prints its URL when it is ready, and runs until it gets SIGINT
 * or SIGTERM. Ends with status 1 and one readable line when it cannot start.
 *
 * @param argv - as in `process.argv`
 * @public
 */
export async function runSandboxCommand(argv: string[]): Promise<void> {
  const options = parseArguments(argv);
  let sandbox: RunningSandbox;
  try {
    sandbox = await startSandbox({
      port: options.port,
      state: options.state,
      seed: options.seed,
      operationDelayMs: options.operationDelay,
      record: options.record,
      weather: options.weather,
      switches: {
        accountFields: options.accountFields,
        trailDelayMs: options.trailDelay * 60_000,
        permissionSetsEnabled: options.permissionSets,
      },
    });
  } catch (error) {
    process.stderr.write(`${explain(error, options)}\n`);
    process.exitCode = 1;
    return;
  }
  endWithSignalOrParent(sandbox, options.exitWithParent);
  process.stdout.write(`AWS access sandbox is ready at ${sandbox.url}\n`);
}

function parseArguments(argv: string[]): CommandOptions {
  return new Command('aws-access-sandbox')
    .description(
      'Emulates AWS IAM Identity Center and Microsoft Entra ID on a loopback port',
    )
    .option('--port <number>', 'TCP port, 0 for a free one', wholeNumber, 4600)
    .option(
      '--state <file>',
      'SQLite file that keeps the state, or :memory:',
      ':memory:',
    )
    .option(
      '--seed <name>',
      'what a new state holds: example, empty, small, medium, large, huge, or generated:accounts=2000,people=10000 and so on',
      seedName,
      'example',
    )
    .option(
      '--operation-delay <milliseconds>',
      'how long asynchronous AWS operations take',
      wholeNumber,
      800,
    )
    .option(
      '--record <file>',
      'append every AWS and Graph exchange to a file, as JSON lines',
    )
    .option(
      '--weather <preset|file>',
      'faults: calm, ordinary-tuesday, storm, or a JSON file',
      'calm',
    )
    .option(
      '--account-fields <names>',
      'what Organizations says of an account: some of Status,State,Paths',
      accountFields,
      ['State', 'Paths'],
    )
    .option(
      '--trail-delay <minutes>',
      'how long CloudTrail keeps an event to itself',
      wholeNumber,
      5,
    )
    .option(
      '--no-permission-sets',
      'make a new state whose permission sets are not enabled yet',
    )
    .option('--exit-with-parent', 'end when standard input is closed', false)
    .parse(argv)
    .opts<CommandOptions>();
}

/** A signal reaches only the process it is sent to, so a starter that is killed closes our standard input instead. */
function endWithSignalOrParent(
  sandbox: RunningSandbox,
  exitWithParent: boolean,
): void {
  let ending = false;
  const end = () => {
    if (ending) {
      return;
    }
    ending = true;
    process.stdin.destroy();
    // Nothing keeps the process alive after this; should anything do so, a failed stop must not look like success.
    sandbox.stop().catch(error => {
      process.stderr.write(`${error}\n`);
      process.exit(1);
    });
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  if (exitWithParent) {
    process.stdin.once('end', end);
    process.stdin.once('close', end);
    process.stdin.resume();
  }
}

function seedName(text: string): string {
  try {
    findSeed(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
  return text;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new InvalidArgumentError('It must be a whole number.');
  }
  return Number(text);
}

function accountFields(text: string): SandboxSwitches['accountFields'] {
  const known = ['Status', 'State', 'Paths'] as const;
  const names = text.split(',');
  const fields = known.filter(field => names.includes(field));
  if (fields.length < names.length) {
    throw new InvalidArgumentError(`It must be some of ${known.join(',')}.`);
  }
  return fields;
}

function explain(error: unknown, options: CommandOptions): string {
  if ((error as NodeJS.ErrnoException)?.code === 'EADDRINUSE') {
    return `Port ${options.port} is taken: end what uses it, or choose another with --port`;
  }
  return error instanceof Error ? error.message : String(error);
}
