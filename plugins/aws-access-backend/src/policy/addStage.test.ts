import { StageConfig } from '../config/stageSchema';
import { addStage } from './addStage';
import { PolicyAtom } from './PolicyAtom';
import { RequiredStage } from './PolicyOutcome';

const atom = {
  accountId: '555566667777',
  owners: { known: true, value: ['user:default/otto'], source: 'test' },
  systemOwners: { known: false, reason: 'nobody says' },
} as unknown as PolicyAtom;

const owner: StageConfig = {
  name: 'account owner',
  approvers: ['accountOwner'],
  count: 1,
  order: 1,
};
const withAlternates: StageConfig = {
  ...owner,
  alternates: { approvers: ['user:default/sia'], after: 'P2D' },
};

function stagesOf(...asked: StageConfig[]): RequiredStage[] {
  const stages = new Map<string, RequiredStage>();
  for (const stage of asked) addStage(stages, stage, atom, 'a rule');
  return [...stages.values()];
}

it('security rule 5: a rule with alternates adds nobody to a stage that another rule asks for without', () => {
  expect(stagesOf(withAlternates, withAlternates)).toHaveLength(1);
  const both = stagesOf(owner, withAlternates);
  expect(both).toMatchObject([
    { approvers: ['accountOwner'] },
    { alternates: { approvers: ['user:default/sia'], after: 'P2D' } },
  ]);
  expect(both[0].alternates).toBeUndefined();
});
