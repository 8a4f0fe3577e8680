import { runDueScimCycles } from '../scim';
import { exampleCompany } from '../seed';
import {
  person,
  refusal,
  startTestGraph,
} from './__testUtils__/startTestGraph';

const CYCLE = 40 * 60_000;

let graph: Awaited<ReturnType<typeof startTestGraph>>;
beforeEach(async () => {
  graph = await startTestGraph();
});
afterEach(() => graph.stop());

const api = (path: string) => graph.administrator().api(path);

const joiner = {
  accountEnabled: true,
  displayName: 'Nils Neu',
  givenName: 'Nils',
  surname: 'Neu',
  mailNickname: 'nils',
  userPrincipalName: 'nils@parcel.example',
  passwordProfile: { password: 'correct horse battery' },
};

const active = (entraId: string) =>
  graph.store.get<{ active: number }>(
    'SELECT active FROM identity_store_users WHERE external_id = ?',
    [entraId],
  )?.active;

const cycle = () => {
  graph.advance(CYCLE);
  runDueScimCycles(graph);
};

it('takes a joiner once, with a name of the tenant', async () => {
  const made = await api('/users').post(joiner);
  expect(made).toMatchObject({ userPrincipalName: 'nils@parcel.example' });
  expect(made).not.toHaveProperty('passwordProfile');
  for (const [change, word] of [
    [{}, 'already exists'],
    [{ userPrincipalName: 'nils@elsewhere.example' }, 'domain'],
    [{ userPrincipalName: 'nils' }, 'userPrincipalName'],
    [{ passwordProfile: {} }, 'password'],
    [{ passwordProfile: undefined }, 'passwordProfile'],
    [{ shoeSize: 44 }, 'shoeSize'],
  ] as const) {
    expect(
      await refusal(api('/users').post({ ...joiner, ...change })),
    ).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining(word),
    });
  }
  await api(`/users/${made.id}`).patch({ city: 'Bremen', jobTitle: null });
  expect(
    await api(`/users/${made.id}`).select('city,jobTitle,mailNickname').get(),
  ).toMatchObject({ city: 'Bremen', jobTitle: null, mailNickname: 'nils' });
});

it('makes a leaver of somebody: disabled in AWS with the next cycle, gone from all groups when deleted', async () => {
  const { entraId } = person('lena');
  await api(`/users/${entraId}`).patch({ accountEnabled: false });
  expect(active(entraId)).toBe(1);
  cycle();
  expect(active(entraId)).toBe(0);
  const { value: groups } = await api(`/users/${entraId}/memberOf`).get();
  expect(groups.length).toBeGreaterThan(1);
  await api(`/users/${entraId}`).delete();
  expect(await refusal(api(`/users/${entraId}`).get())).toMatchObject({
    statusCode: 404,
  });
  const members = await graph.readAll(`/groups/${groups[0].id}/members`);
  expect(members.items.map(({ id }) => id)).not.toContain(entraId);
  const delta = await graph.readAll('/users/delta');
  expect(delta.items).toHaveLength(exampleCompany.people.length - 1);
});

it('says of which of twenty groups somebody is, also through others', async () => {
  const { value: groups } = await api(
    `/users/${person('ana').entraId}/transitiveMemberOf`,
  ).get();
  const inside = groups.map(({ id }: { id: string }) => id);
  const outside = '00000000-0000-0000-0000-000000000000';
  const { value } = await api(
    `/users/${person('ana').entraId}/checkMemberGroups`,
  ).post({ groupIds: [...inside, outside] });
  expect(value).toEqual(inside);
  expect(
    await refusal(
      api(`/users/${person('ana').entraId}/checkMemberGroups`).post({
        groupIds: Array(21).fill(outside),
      }),
    ),
  ).toMatchObject({ statusCode: 400 });
});
