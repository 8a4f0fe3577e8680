import { entries } from '../testing/fixtures';
import { toAccessCsv } from './accessCsv';

describe('toAccessCsv', () => {
  it('has one line for each person and piece of access', () => {
    const lines = toAccessCsv(entries).trim().split('\n');
    // Two holders, three holders, one holder, and the header.
    expect(lines).toHaveLength(7);
    expect(lines[0]).toContain('account,account_id,environment');
    expect(lines[1]).toBe(
      'parcel,payments-prod,111122223333,prod,ReadOnly,read,AWS-Payments-ReadOnly,unmanaged,,,Ana Alves,user:default/ana,true,usable,unmanaged',
    );
  });

  it('keeps access that nobody holds', () => {
    const csv = toAccessCsv([{ ...entries[0], holders: [] }]);
    expect(csv.trim().split('\n')).toHaveLength(2);
  });

  // Security rule 30: a name is text, not a formula.
  it.each(['=cmd()', '+1', '-1', '@sum'])('neutralises %s', name => {
    const [entry] = entries;
    const csv = toAccessCsv([
      {
        ...entry,
        account: { ...entry.account, name },
        holders: [{ ...entry.holders[0], displayName: name }],
      },
    ]);
    const cells = csv.trim().split('\n')[1].split(',');
    expect(cells).not.toContain(name);
    expect(cells.filter(cell => cell === `'${name}`)).toHaveLength(2);
  });
});
