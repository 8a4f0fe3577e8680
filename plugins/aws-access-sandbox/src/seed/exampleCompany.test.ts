import { readFileSync } from 'fs';
import { dirname, resolve } from 'path';
import { parse, parseAllDocuments } from 'yaml';
import { exampleCompany } from './exampleCompany';

const folder = resolve(
  dirname(require.resolve('../../package.json')),
  '../../examples/org',
);

type Entity = {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  spec: { memberOf?: string[]; profile?: { email?: string } };
};

function readCatalog(): Entity[] {
  const location = parse(
    readFileSync(resolve(folder, 'catalog-info.yaml'), 'utf8'),
  );
  return location.spec.targets.flatMap((target: string) =>
    parseAllDocuments(readFileSync(resolve(folder, target), 'utf8')).map(
      document => document.toJS(),
    ),
  );
}

const { people, teams, accounts, units, permissionSets, groups, assignments } =
  exampleCompany;

describe('exampleCompany', () => {
  it('is the company of the catalog: same people, ids, teams and leads', () => {
    const catalog = readCatalog();
    const users = catalog.filter(({ kind }) => kind === 'User');
    expect(
      users.map(({ metadata, spec }) => ({
        name: metadata.name,
        entraId: metadata.annotations?.['graph.microsoft.com/user-id'],
        teams: spec.memberOf,
        email: spec.profile?.email,
      })),
    ).toEqual(
      people.map(person => ({
        name: person.name,
        entraId: person.entraId,
        teams: [person.team],
        email: person.userPrincipalName,
      })),
    );
    expect(
      catalog
        .filter(({ kind }) => kind === 'Group')
        .map(({ metadata }) => [
          metadata.name,
          metadata.annotations?.['aws-access/leads'],
        ]),
    ).toEqual(teams.map(({ name, lead }) => [name, `user:default/${lead}`]));
  });

  it('annotates systems, components and resources with accounts that exist', () => {
    const annotated = readCatalog().filter(
      ({ metadata }) => metadata.annotations?.['aws-access/account-id'],
    );
    expect(annotated.map(({ kind }) => kind)).toEqual([
      'System',
      'Component',
      'Resource',
    ]);
    const ids = accounts.map(({ id }) => id);
    for (const { metadata } of annotated) {
      expect(ids).toContain(metadata.annotations?.['aws-access/account-id']);
    }
  });

  it('has the announced size, and ids as the clouds write them', () => {
    expect(people).toHaveLength(45);
    expect(teams).toHaveLength(8);
    expect(accounts).toHaveLength(14);
    expect(permissionSets).toHaveLength(12);
    const uuid =
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    const ids = [...people, ...groups].map(({ entraId }) => entraId);
    expect(new Set(ids).size).toBe(people.length + groups.length);
    expect(ids.every(id => uuid.test(id))).toBe(true);
    expect(units.every(({ id }) => /^ou-ex01-[0-9a-z]{8}$/.test(id))).toBe(
      true,
    );
    expect(
      permissionSets.every(({ arn }) =>
        /^arn:aws:sso:::permissionSet\/ssoins-[0-9a-f]{16}\/ps-[0-9a-f]{16}$/.test(
          arn,
        ),
      ),
    ).toBe(true);
  });

  it('names only people, groups, accounts and permission sets that exist', () => {
    const names = people.map(({ name }) => name);
    for (const { members, owners } of groups) {
      expect(names).toEqual(expect.arrayContaining([...members, ...owners]));
      expect(new Set(members).size).toBe(members.length);
    }
    const carried = groups
      .filter(({ assigned }) => assigned)
      .map(({ displayName }) => displayName);
    for (const { account, permissionSet, principal } of assignments) {
      expect(accounts.map(({ name }) => name)).toContain(account);
      expect(permissionSets.map(({ name }) => name)).toContain(permissionSet);
      expect([...carried, undefined]).toContain(
        principal.type === 'group' ? principal.displayName : undefined,
      );
    }
  });

  it('gives the team payments nothing on the data accounts above development', () => {
    const payments = people
      .filter(({ team }) => team === 'payments')
      .map(({ name }) => name);
    const reached = assignments
      .filter(({ account }) => ['data-prod', 'data-staging'].includes(account))
      .flatMap(({ principal }) =>
        principal.type === 'group'
          ? groups.find(g => g.displayName === principal.displayName)!.members
          : [],
      );
    expect(reached.filter(name => payments.includes(name))).toEqual([]);
  });

  it('carries the dirt that a real company carries', () => {
    const membersOf = (displayName: string) =>
      groups.find(g => g.displayName === displayName)!;
    expect(people.filter(({ surname }) => !surname).map(p => p.name)).toEqual([
      'madhuri',
    ]);
    expect(
      groups
        .filter(({ owners, ownedByPortal }) => !owners.length && !ownedByPortal)
        .map(g => g.displayName),
    ).toEqual(['AWS-Reporting-ReadOnly']);
    expect(membersOf('AWS-Payments-PowerUser').members).toContain('lena');
    expect(membersOf('AWS-Prod-Admins').members.length).toBeGreaterThan(10);
    const kinds = assignments.map(({ principal }) => principal.type);
    expect(kinds.filter(type => type === 'user')).toHaveLength(1);
    expect(kinds.filter(type => type === 'deletedGroup')).toHaveLength(1);
  });
});
