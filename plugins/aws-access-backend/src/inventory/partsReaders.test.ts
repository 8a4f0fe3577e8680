import { AwsReads } from '../clouds/AwsCloud';
import { CloudError } from '../clouds/CloudError';
import { EntraReads } from '../clouds/EntraCloud';
import { AwsPartsReader } from './AwsPartsReader';
import { EntraPartsReader } from './EntraPartsReader';
import { PartDraft } from './PartDraft';

const notFound = (cloud: 'aws' | 'entra') =>
  new CloudError({
    kind: 'notFound',
    cloud,
    operation: 'read',
    code: 'NotFound',
    cloudMessage: '',
    plainWords: 'It is not there',
  });

/** Finds nothing so many times, and then what it is for. */
const afterMissing = <T>(cloud: 'aws' | 'entra', times: number, value: T) => {
  let asked = 0;
  return async () => {
    asked++;
    if (asked <= times) throw notFound(cloud);
    return value;
  };
};

describe.each([
  ['is missing for a moment', 1, true, 'read'],
  ['stays missing', Infinity, true, 'failed'],
  ['is gone with the whole', Infinity, false, 'left out'],
])('what %s', (_what, times, isThere, outcome) => {
  const added: unknown[] = [];
  const draft = {
    add: async (_kind, items) => {
      added.push(...items);
    },
  } as PartDraft;
  beforeEach(() => {
    added.length = 0;
  });

  const outcomeOf = (reading: Promise<void>) =>
    reading.then(
      () => (added.length > 0 ? 'read' : 'left out'),
      () => 'failed',
    );

  it(`of an account: it is ${outcome}`, async () => {
    const aws = {
      async *listAccounts() {
        yield [{ accountId: '1', name: 'one' }];
      },
      getOuPath: afterMissing('aws', times, []),
      listAccountTags: async () => ({}),
      describeAccount: afterMissing('aws', isThere ? 0 : Infinity, {}),
    } as unknown as AwsReads;
    expect(
      await outcomeOf(new AwsPartsReader(aws).readAccounts(draft, () => {})),
    ).toBe(outcome);
  });

  it(`of a group: it is ${outcome}`, async () => {
    const entra = {
      getGroup: async () => (isThere ? { displayName: 'G' } : undefined),
      readDirectMembers: async () => ({ users: [], nestedGroups: 0 }),
      describeOwners: afterMissing('entra', times, {
        count: 0,
        includeUs: false,
      }),
    } as unknown as EntraReads;
    expect(
      await outcomeOf(
        new EntraPartsReader(entra).readGroups(
          new Set(['g']),
          [],
          draft,
          () => {},
        ),
      ),
    ).toBe(outcome);
  });
});
