import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import awsAccessPlugin from '.';
import { exampleConfigSection } from './testing/examplePlan';

const start = (data: object) =>
  startTestBackend({
    features: [
      awsAccessPlugin,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({ data: data as never }),
    ],
  });

describe('awsAccessPlugin', () => {
  it('does not start with a configuration it cannot use, and says every key', async () => {
    const error = await start({
      awsAccess: {
        ...exampleConfigSection,
        polices: {},
        policy: {
          rules: [
            { name: 'bad', match: { permissionSets: ['('] }, deny: 'No.' },
            { name: 'idle' },
          ],
        },
      },
    }).catch(caught => caught);

    expect(String(error)).toContain(
      [
        'awsAccess.policy.rules[0].match.permissionSets[0]: must be a regular expression that RE2 knows',
        '  awsAccess.policy.rules[1]: must say what it does: require, maxDuration, maxTotal, justification, ticket, deny or autoApprove',
        '  awsAccess: has unknown keys: polices',
      ].join('\n'),
    );
  });

  it('security rule 12: does not start with real clouds in an open portal', async () => {
    const { parcel } = exampleConfigSection.organizations;
    await expect(
      start({
        awsAccess: {
          ...exampleConfigSection,
          organizations: {
            parcel: { ...parcel, aws: { region: 'eu-central-1' } },
          },
        },
        auth: { providers: { guest: {} } },
      }),
    ).rejects.toThrow('auth.providers.guest must be removed');
  });
});
