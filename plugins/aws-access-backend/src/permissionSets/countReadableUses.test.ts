import { AccessEntry, Holder } from 'backstage-plugin-aws-access-common';
import { Caller } from '../authorization/Viewer';
import { AccessRecords } from '../inventory/AccessRecords';
import { accountId, permissionSetArn } from '../testing/planOf';
import { countReadableUses } from './countReadableUses';

const ACCOUNT = accountId('data-dev');
const READ_ONLY = permissionSetArn('ReadOnly');

/** Two of one name are known to AWS alone; Ana is in Entra, too. */
const users = [
  { userId: 'store-alex', externalId: null },
  { userId: 'store-other-alex', externalId: null },
  { userId: 'store-ana', externalId: 'entra-ana' },
];

const holder = (userId: string | null, externalId: string | null) =>
  ({
    identityStoreUserId: userId,
    entraUserId: externalId,
    displayName: 'Alex',
    reach: userId ? 'usable' : 'arriving',
  } as Holder);

const entry = {
  account: { id: ACCOUNT },
  permissionSet: { arn: READ_ONLY },
  path: { via: 'group', identityStoreGroupId: 'group' },
  holders: [
    ...users.map(({ userId, externalId }) => holder(userId, externalId)),
    holder(null, 'entra-ben'),
  ],
} as AccessEntry;

describe('countReadableUses', () => {
  it('counts everybody once whom it is told of twice, in Entra or not, and two of one name as two', async () => {
    const records = {
      listAssignments: async () => [
        {
          accountId: ACCOUNT,
          permissionSetArn: READ_ONLY,
          principalType: 'GROUP',
          principalId: 'group',
        },
      ],
      listStoreMemberships: async () =>
        users.map(({ userId }) => ({ groupId: 'group', userId })),
      getStoreUsers: async () => users,
    } as unknown as AccessRecords;

    const counts = await countReadableUses(
      {
        access: { getAccess: async () => ({ items: [entry] } as any) },
        accounts: { listOwnedBy: async () => [ACCOUNT] },
        records,
      },
      'parcel',
      {
        userRef: 'user:default/otto',
        teams: ['group:default/data'],
      } as unknown as Caller,
    );

    expect(counts).toEqual([
      { permissionSetArn: READ_ONLY, accounts: 1, groups: 1, people: 3 },
    ]);
  });
});
