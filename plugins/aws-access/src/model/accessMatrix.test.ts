import { ana, entries, powerUser } from '../testing/fixtures';
import { buildAccessMatrix, filterAccess } from './accessMatrix';

describe('buildAccessMatrix', () => {
  it('has production first, and people of the team before others', () => {
    const { accounts, people } = buildAccessMatrix(entries);

    expect(accounts.map(({ name }) => name)).toEqual([
      'data-prod',
      'payments-prod',
      'payments-dev',
    ]);
    expect(people.map(({ holder }) => holder.displayName)).toEqual([
      'Ana Alves',
      'Ben Brandt',
      'Lena Lind',
    ]);
    const [anaRow, benRow] = people;
    expect([...anaRow.cells.keys()].sort()).toEqual(
      accounts.map(({ id }) => id).sort(),
    );
    expect(benRow.cells.has(accounts[0].id)).toBe(false);
  });

  it('keeps several ways into one account in one cell', () => {
    const [entry] = entries;
    const second = {
      ...entry,
      id: 'second',
      permissionSet: { ...powerUser, sessionDuration: 'PT1H' },
    };
    const { people } = buildAccessMatrix([entry, second]);
    expect(people[0].cells.get(entry.account.id)).toHaveLength(2);
  });
});

describe('filterAccess', () => {
  it('narrows by environment, permission set, person and end', () => {
    const ids = (filter: Parameters<typeof filterAccess>[1]) =>
      filterAccess(entries, filter).map(entry => entry.id);

    expect(ids({})).toHaveLength(3);
    expect(ids({ environment: 'dev' })).toEqual(['payments-dev-power']);
    expect(ids({ permissionSetArn: powerUser.arn })).toEqual([
      'payments-dev-power',
      'data-prod-power',
    ]);
    expect(ids({ temporaryOnly: true })).toEqual(['data-prod-power']);
    expect(ids({ person: ana.entraUserId })).toHaveLength(3);
    expect(
      filterAccess(entries, { person: ana.entraUserId }).flatMap(entry =>
        entry.holders.map(holder => holder.displayName),
      ),
    ).toEqual(['Ana Alves', 'Ana Alves', 'Ana Alves']);
  });
});
