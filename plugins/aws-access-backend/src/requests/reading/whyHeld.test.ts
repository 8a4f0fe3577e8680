import { RequestState, WriteStop } from 'backstage-plugin-aws-access-common';
import { CloudError } from '../../clouds/CloudError';
import { HoldFacts, whyHeld } from './whyHeld';

const NOW = '2026-11-24T10:00:00.000Z';

const stop = (kind: WriteStop['kind']): WriteStop => ({
  kind,
  reason: 'INC-7',
  stoppedBy: 'user:default/ida',
  since: NOW,
  until: '2026-11-24T12:00:00.000Z',
});

const waiting = (over: Partial<HoldFacts['steps'][number]> = {}) => ({
  phase: 'grant' as const,
  state: 'waiting' as const,
  detail: 'It waits for something',
  cloudMessage: null,
  startedAt: '2026-11-24T09:59:50.000Z',
  ...over,
});

const NOTHING = 'nothing keeps it';

const LONG_AGO = '2026-11-24T09:50:00.000Z';

const refused = () =>
  new CloudError({
    kind: 'permanent',
    cloud: 'aws',
    operation: 'DescribeInstance',
    code: 'UnrecognizedClientException',
    cloudMessage: 'The security token is invalid',
    plainWords: 'AWS does not take the credentials',
  });

const credentials: HoldFacts['credentials'] = {
  checkedAt: NOW,
  aws: { account: 'unknown', problem: refused(), since: NOW },
  entra: { expiresAt: null, problem: null, since: null },
};

const facts = (over: Partial<HoldFacts> = {}): HoldFacts => ({
  state: 'provisioning',
  writes: 'on',
  heldReason: null,
  stops: [],
  steps: [],
  credentials: undefined,
  now: NOW,
  ...over,
});

describe('whyHeld', () => {
  it.each<[string, Partial<HoldFacts>, string | undefined]>([
    ['nothing', {}, undefined],
    ['a stop of all', { stops: [stop('everything')] }, 'stopped all writes'],
    [
      'a stop of grants that have not begun',
      { state: 'approved', stops: [stop('grants')] },
      'stopped everything that gives access until 2026-11-24 12:00 UTC: INC-7',
    ],
    [
      'a stop of grants, for what ends',
      { state: 'ending', stops: [stop('grants')] },
      undefined,
    ],
    ['a hold', { heldReason: 'r-1 was r-2' }, 'held, until an operator'],
    ['an organization for reading', { writes: 'off' }, 'for reading only'],
    [
      'a dry run, for what ends',
      { state: 'ending', writes: 'dry-run' },
      'in a dry run',
    ],
    [
      'a dry run that comes',
      { state: 'approved', writes: 'dry-run' },
      undefined,
    ],
    ['a step as usual', { steps: [waiting()] }, undefined],
    [
      'a step that waits long',
      { steps: [waiting({ startedAt: LONG_AGO })] },
      'It waits for something',
    ],
    [
      'SCIM, which takes long',
      { state: 'propagating', steps: [waiting({ startedAt: LONG_AGO })] },
      undefined,
    ],
    [
      'a cloud that refuses',
      {
        state: 'propagating',
        steps: [
          waiting({ detail: 'Entra says no', cloudMessage: 'Forbidden: x' }),
        ],
      },
      'Entra says no',
    ],
    [
      'a step of the other phase',
      {
        state: 'ending',
        steps: [waiting({ cloudMessage: 'Forbidden: x' })],
      },
      undefined,
    ],
    [
      'credentials that are refused',
      { state: 'approved', credentials },
      "The organization's credentials for AWS do not work.",
    ],
  ])('%s', (_what, over, expected) => {
    const reason = whyHeld(facts(over), { namesClouds: false });
    expect(reason ?? NOTHING).toContain(expected ?? NOTHING);
  });

  it.each<RequestState>(['pending', 'active', 'ended', 'stuck', 'rejected'])(
    'says nothing of what is %s',
    state => {
      const over = { state, stops: [stop('everything')], heldReason: 'x' };
      expect(whyHeld(facts(over), { namesClouds: true })).toBeUndefined();
    },
  );

  it('security rule 30: names what the clouds are to operators only', () => {
    const held = facts({ heldReason: 'The root is r-1, and was r-2' });
    expect(whyHeld(held, { namesClouds: true })).toContain('r-2');
    expect(whyHeld(held, { namesClouds: false })).not.toContain('r-2');
  });
});
