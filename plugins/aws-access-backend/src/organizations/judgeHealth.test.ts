import { INVENTORY_PARTS } from 'backstage-plugin-aws-access-common';
import { CloudError } from '../clouds/CloudError';
import { CredentialsReport } from '../clouds/CredentialsCheck';
import { HealthFacts, judgeHealth } from './judgeHealth';

const NOW = '2026-11-24T12:00:00.000Z';
const HALF_PAST_ELEVEN = '2026-11-24T11:30:00.000Z';
const ELEVEN = '2026-11-24T11:00:00.000Z';

const parts = (changes: Record<string, object> = {}): HealthFacts['parts'] =>
  INVENTORY_PARTS.map(part => ({
    part,
    asOf: HALF_PAST_ELEVEN,
    complete: true,
    reason: null,
    ...changes[part],
  }));

const AWS_PARTS = [
  'accounts',
  'permissionSets',
  'assignments',
  'identityStore',
];
const missing = { complete: false, reason: 'AWS could not be reached' };

const problem = (kind: CloudError['kind'], code: string) =>
  new CloudError({
    kind,
    cloud: 'aws',
    operation: 'organizations:DescribeOrganization',
    code,
    cloudMessage: 'raw words with arn:aws:iam::1:user/ana',
    plainWords: 'AWS does not know the credentials of this product',
  });

const credentials = (
  aws: CloudError | null,
  entra: Partial<CredentialsReport['entra']> = {},
): CredentialsReport => ({
  checkedAt: NOW,
  aws: { account: 'management', problem: aws, since: aws && ELEVEN },
  entra: { expiresAt: null, problem: null, since: null, ...entra },
});

const well: HealthFacts = {
  isContacted: true,
  held: null,
  writes: 'on',
  holding: { requests: 0, overdueRequests: 0 },
  stops: [],
  parts: parts(),
  staleAfter: 'PT1H',
  credentials: credentials(null),
  overdueSince: null,
  stuckSince: null,
  leaversHeldSince: null,
  now: NOW,
};

const stop = {
  kind: 'grants' as const,
  reason: 'AWS has an incident',
  stoppedBy: 'user:default/ida',
  since: ELEVEN,
  until: '2026-11-24T14:00:00.000Z',
};
const held = { reason: 'The clouds are not the ones', since: ELEVEN };

describe('judgeHealth', () => {
  it('has one word for an organization that is well', () => {
    expect(judgeHealth(well)).toEqual({
      health: 'ok',
      reason: null,
      nextStep: null,
      since: null,
    });
  });

  it.each<
    [string, Partial<HealthFacts>, string, RegExp, RegExp, string | null]
  >([
    [
      'whose credentials are refused',
      {
        credentials: credentials(
          problem('credentials', 'UnrecognizedClientException'),
        ),
      },
      'down',
      /does not know the credentials/,
      /Put aws\.credentials right.*Requests wait.*nobody has to retry/,
      ELEVEN,
    ],
    [
      'whose credentials lack a right',
      {
        credentials: credentials(problem('permanent', 'AccessDeniedException')),
      },
      'down',
      /./,
      /Put aws\.credentials and the rights behind them right/,
      ELEVEN,
    ],
    [
      'whose cloud does not answer',
      { credentials: credentials(problem('retryLater', 'ECONNREFUSED')) },
      'down',
      /./,
      /go on by themselves/,
      ELEVEN,
    ],
    [
      'of whose cloud nothing was read, before anybody has looked at the credentials',
      {
        credentials: undefined,
        parts: parts(
          Object.fromEntries(AWS_PARTS.map(part => [part, missing])),
        ),
      },
      'down',
      /AWS could not be reached/,
      /tried again/,
      HALF_PAST_ELEVEN,
    ],
    [
      'that was never reached',
      { isContacted: false, parts: [], credentials: undefined },
      'down',
      /have not been read yet/,
      /tried again/,
      null,
    ],
    [
      'whose clouds are others',
      { held },
      'held',
      /not the ones/,
      /Put the credentials and ids in the configuration right/,
      ELEVEN,
    ],
    [
      'that an operator has stopped',
      { stops: [stop] },
      'stopped',
      /everything that gives access until .*: AWS has an incident/,
      /ends by itself/,
      ELEVEN,
    ],
    [
      'where access outlives its end',
      { overdueSince: ELEVEN },
      'degraded',
      /past its end/,
      /Operations shows what keeps it/,
      ELEVEN,
    ],
    [
      'where a request is stuck',
      { stuckSince: ELEVEN },
      'degraded',
      /A request is stuck/,
      /try again on the page of the request/,
      ELEVEN,
    ],
    [
      'whose cloud is throttled',
      {
        credentials: credentials(problem('retryLater', 'ThrottlingException')),
      },
      'degraded',
      /./,
      /only takes longer/,
      ELEVEN,
    ],
    [
      'of which a part could not be read',
      { parts: parts({ assignments: missing }) },
      'degraded',
      /AWS could not be reached/,
      /next refresh/,
      HALF_PAST_ELEVEN,
    ],
    [
      'whose inventory is old',
      { staleAfter: 'PT10M' },
      'degraded',
      /older than it may be/,
      /Refresh it now/,
      HALF_PAST_ELEVEN,
    ],
    [
      'whose certificate ends soon',
      {
        credentials: credentials(null, {
          expiresAt: '2026-12-06T13:00:00.000Z',
        }),
      },
      'degraded',
      /ends in 12 days, on 2026-12-06$/,
      /No restart is needed/,
      null,
    ],
  ])(
    'has one word for one %s, with the reason and what mends it',
    (_what, changes, health, reason, nextStep, since) => {
      expect(judgeHealth({ ...well, ...changes })).toEqual({
        health,
        reason: expect.stringMatching(reason),
        nextStep: expect.stringMatching(nextStep),
        since,
      });
    },
  );

  it.each(['off', 'dry-run'] as const)(
    'says of writes that are %s that nothing is taken away',
    writes => {
      const facts = { ...well, writes, overdueSince: ELEVEN };
      const holding = { requests: 3, overdueRequests: 1 };
      expect(judgeHealth({ ...facts, holding })).toEqual({
        health: 'degraded',
        reason: `Writes are ${writes}: 3 requests hold access, 1 of them past their end; nothing is taken away`,
        nextStep: expect.stringMatching(/^Set writes: on/),
        since: ELEVEN,
      });
      expect(judgeHealth({ ...well, writes }).health).toBe('ok');
    },
  );

  it('says the worst of all that is wrong', () => {
    const bad: HealthFacts = {
      ...well,
      credentials: credentials(problem('permanent', 'UnrecognizedClient')),
      held,
      stops: [stop],
      overdueSince: ELEVEN,
    };
    const words = [bad, { ...bad, credentials: undefined }].map(
      facts => judgeHealth(facts).health,
    );
    expect(words).toEqual(['down', 'held']);
    expect(
      judgeHealth({ ...bad, credentials: undefined, held: null }).health,
    ).toBe('stopped');
  });

  it('finds nothing wrong with a certificate of months', () => {
    expect(
      judgeHealth({
        ...well,
        credentials: credentials(null, {
          expiresAt: '2027-03-01T00:00:00.000Z',
        }),
      }).health,
    ).toBe('ok');
  });

  it('security rule 30: keeps the raw words of a cloud from everybody', () => {
    expect(
      JSON.stringify(
        judgeHealth({
          ...well,
          credentials: credentials(problem('permanent', 'x')),
        }),
      ),
    ).not.toContain('arn:aws');
  });
});
