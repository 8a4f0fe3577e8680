import { powerUser } from '../testing/fixtures';
import { readFormRequest } from './readFormRequest';

const formData = {
  team: 'group:default/payments',
  for: 'team',
  accounts: ['111122223333'],
  permissionSet: powerUser.arn,
  duration: 'PT8H',
};
const requester = 'user:default/ana';

describe('readFormRequest', () => {
  it('reads the parameters under the names that the template gives them', () => {
    const { team, accounts, ...others } = formData;
    expect(
      readFormRequest(
        { ...others, owner: team, targets: accounts, team: 'ignored' },
        {
          requester,
          parameters: { team: 'owner', accounts: 'targets' },
          organizationId: 'parcel',
        },
      ),
    ).toEqual({
      ...readFormRequest(formData, { requester }),
      organizationId: 'parcel',
    });
  });

  it('reads the words, which the policy may ask for', () => {
    const words = { justification: ' The report is late ', ticket: 'INC-1' };
    expect(readFormRequest({ ...formData, ...words }, { requester })).toEqual({
      ...readFormRequest(formData, { requester }),
      justification: 'The report is late',
      ticket: 'INC-1',
    });
    expect(
      readFormRequest({ ...formData, ticket: '' }, { requester })?.ticket,
    ).toBeUndefined();
  });

  it.each([
    ['me', { kind: 'people', people: [requester] }],
    [undefined, { kind: 'people', people: [requester] }],
    ['team', { kind: 'team', team: formData.team }],
    [['user:default/ben'], { kind: 'people', people: ['user:default/ben'] }],
  ])('reads %j as who gets the access', (recipients, members) => {
    const request = readFormRequest(
      { ...formData, for: recipients },
      { requester },
    );
    expect(request?.changes[0]).toMatchObject({ members });
  });

  it('reads an elevation, which is for people and has an end', () => {
    const options = { requester, elevate: true };
    expect(
      readFormRequest({ ...formData, for: 'me' }, options)?.changes,
    ).toEqual([
      {
        kind: 'elevation',
        people: [requester],
        permissionSet: { arn: powerUser.arn },
        accounts: { kind: 'named', accountIds: formData.accounts },
      },
    ]);
    expect(readFormRequest(formData, options)).toBeUndefined();
  });

  it.each([
    [{ team: undefined }],
    [{ accounts: [] }],
    [{ accounts: undefined }],
    [{ permissionSet: undefined }],
    [{ duration: undefined }],
    [{ duration: 'PT1S' }],
    [{ for: [] }],
  ])('is undefined with %j, which is too little for a plan', missing => {
    expect(
      readFormRequest({ ...formData, ...missing }, { requester }),
    ).toBeUndefined();
  });
});
