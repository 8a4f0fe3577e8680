import { entries, organization } from '../testing/fixtures';
import { getAccessPortals, toCliProfile } from './cliProfile';

const [entry] = entries;

describe('toCliProfile', () => {
  it('is what aws configure sso would write', () => {
    expect(
      toCliProfile(entry, {
        url: 'https://ssoins-7223.portal.eu-central-1.app.aws',
        region: undefined,
      }),
    ).toBe(
      [
        '[sso-session aws-access-parcel]',
        'sso_start_url = https://ssoins-7223.portal.eu-central-1.app.aws',
        'sso_region = eu-central-1',
        'sso_registration_scopes = sso:account:access',
        '',
        '[profile payments-prod-ReadOnly]',
        'sso_session = aws-access-parcel',
        'sso_account_id = 111122223333',
        'sso_role_name = ReadOnly',
        '',
      ].join('\n'),
    );
  });

  it('leaves the region to the reader where the address does not tell it', () => {
    const portal = { url: 'https://d-1.awsapps.com/start', region: undefined };
    const profile = toCliProfile(entry, portal);
    expect(profile).toContain('# sso_region');
    expect(profile).not.toMatch(/^sso_region/m);

    const portals = getAccessPortals([
      { ...organization, region: 'eu-west-1' },
    ]);
    expect(toCliProfile(entry, portals.get('parcel')!)).toMatch(
      /^sso_region = eu-west-1$/m,
    );
  });

  it('makes a profile name without spaces or brackets', () => {
    const named = { ...entry, account: { ...entry.account, name: 'a b]c' } };
    expect(
      toCliProfile(named, {
        url: 'https://d-1.awsapps.com/start',
        region: undefined,
      }),
    ).toContain('[profile a-b-c-ReadOnly]');
  });
});
