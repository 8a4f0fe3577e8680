import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import request from 'supertest';
import type { SandboxClock } from '../clock/SandboxClock';
import { exampleClouds, exampleCompany } from '../seed';
import { type RunningSandbox, startSandbox } from '../server/startSandbox';
import type { SandboxStore } from '../store/SandboxStore';
import { awsClients, wideLimits } from '../testing/awsClients';

const id = (name: string) =>
  exampleCompany.people.find(p => p.name === name)!.entraId;

let sandbox: RunningSandbox;
let store: SandboxStore;
let clock: SandboxClock;
let app: string;
beforeEach(async () => {
  sandbox = await startSandbox({ limits: wideLimits });
  ({ store, clock, url: app } = sandbox);
});
afterEach(() => sandbox.stop());

/** The text of a page with one space between its words. */
const read = async (path: string) => {
  const { text } = await request(app).get(path).expect(200);
  return text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
};

describe('the page', () => {
  it('shows both clouds with their dirt', async () => {
    const text = await read('/sandbox');
    expect(text).toContain(
      'payments-staging 111122224444 Root / Workloads / NonProduction / Staging staging user:default/petra',
    );
    expect(text).toContain('AWS-Reporting-ReadOnly 5 5 nobody in AWS');
    expect(text).toContain('no longer exists');
    expect(text).toContain('shop-prod PowerUser Nora Nilsen user');
  });

  it('shows what a person would see in AWS, and through which group', async () => {
    const text = await read(`/sandbox/portal?person=${id('ana')}`);
    expect(text).toContain('Signed in as Ana Alves');
    expect(text).toContain(
      'payments-dev 111122225555 PowerUser AWS-Payments-PowerUser',
    );
    expect(text).not.toContain('data-prod');
    expect(await read(`/sandbox/portal?person=${id('nora')}`)).toContain(
      'shop-prod 777788889999 PowerUser an assignment to the person',
    );
    expect(await read(`/sandbox/portal?person=${id('madhuri')}`)).toContain(
      'SCIM has not carried them over',
    );
    expect(await read('/sandbox/portal?person=nobody')).toContain(
      'There is no such person.',
    );
  });

  it('moves the clock, and SCIM with it', async () => {
    store.run('DELETE FROM entra_group_members WHERE member_id = ?', [
      id('lena'),
    ]);
    const portal = () => read(`/sandbox/portal?person=${id('lena')}`);
    expect(await portal()).toContain('payments-dev');
    const before = clock.now();
    await request(app)
      .post('/sandbox/clock')
      .type('form')
      .send({ minutes: '40' })
      .expect(303);
    expect(clock.now()).toBeGreaterThanOrEqual(before + 40 * 60_000);
    expect(await portal()).toContain('Lena Lind sees nothing.');
    await request(app)
      .post('/sandbox/clock')
      .type('form')
      .send({ minutes: '-5' })
      .expect(400);
  });

  it('runs SCIM on request and tells what it did', async () => {
    store.run('DELETE FROM entra_app_role_assignments WHERE principal_id = ?', [
      exampleCompany.groups.find(g => g.displayName === 'AWS-Finance-Billing')!
        .entraId,
    ]);
    await request(app).post('/sandbox/scim').expect(303);
    const text = await read('/sandbox/provisioning');
    expect(text).toContain('Delete Group AWS-Finance-Billing success cycle');
    expect(text).toContain(
      'User Madhuri failure The required attribute surname',
    );
  });

  it('cannot be talked into markup or scripts', async () => {
    store.run('UPDATE entra_groups SET display_name = ?', [
      '<script>alert("x")</script>',
    ]);
    const { text, headers } = await request(app).get('/sandbox');
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;alert(&quot;x&quot;)');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('lets a person break the SCIM token and mend it', async () => {
    const press = (action: string) =>
      request(app)
        .post('/sandbox/scim/token')
        .type('form')
        .send({ action })
        .expect(303);
    await press('revoke');
    await request(app)
      .post('/sandbox/clock')
      .type('form')
      .send({ minutes: 40 })
      .expect(303);
    expect(await read('/sandbox/provisioning')).toContain(
      'Quarantine EncounteredQuarantineException',
    );
    await press('replace');
    await request(app).post('/sandbox/scim').expect(303);
    expect(await read('/sandbox/provisioning')).not.toContain('Quarantine');
  });

  const send = (path: string, form: Record<string, string>) =>
    request(app).post(path).type('form').send(form);
  const set = (name: string) =>
    exampleCompany.permissionSets.find(one => one.name === name)!.arn;
  const eventsOf = async (name: string) => {
    const { Events } = await awsClients(app).cloudTrail.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }],
      }),
    );
    return (Events ?? []).map(event => JSON.parse(event.CloudTrailEvent!));
  };

  it('opens a role for a person, which the logs of both clouds tell', async () => {
    const role = {
      person: id('ana'),
      accountId: '111122225555',
      permissionSetArn: set('PowerUser'),
    };
    const { header } = await send('/sandbox/portal/open', role).expect(303);
    const text = await read(header.location);
    expect(text).toContain('Opened payments-dev as PowerUser at');
    expect(await eventsOf('Federate')).toEqual([]);
    clock.advance(5 * 60_000);
    const [event] = await eventsOf('Federate');
    expect(event.serviceEventDetails).toMatchObject({
      account_id: role.accountId,
      role_name: expect.stringMatching(/^AWSReservedSSO_PowerUser_/),
    });
    const { body } = await request(app)
      .get('/v1.0/auditLogs/signIns?$top=1')
      .set('Authorization', 'Bearer sandbox-portal-token')
      .expect(200);
    expect(body.value[0]).toMatchObject({
      userId: id('ana'),
      appId: exampleClouds.entra.enterpriseApplication.appId,
      ipAddress: '127.0.0.1',
    });
  });

  it('opens nothing that a person does not have', async () => {
    const { header } = await send('/sandbox/portal/open', {
      person: id('uma'),
      accountId: '111122225555',
      permissionSetArn: set('PowerUser'),
    }).expect(303);
    expect(await read(header.location)).not.toContain('Opened');
    clock.advance(5 * 60_000);
    expect(await eventsOf('Federate')).toEqual([]);
  });

  it('finds people by a part of their name, a page at a time', async () => {
    await sandbox.stop();
    sandbox = await startSandbox({ seed: 'generated:people=130,seed=1' });
    app = sandbox.url;
    const people = (text: string) => text.match(/\S+@parcel\.example/g) ?? [];
    const pages = [1, 2, 3].map(page => read(`/sandbox/portal?page=${page}`));
    const found = (await Promise.all(pages)).map(people);
    expect(found.map(page => page.length)).toEqual([50, 50, 30]);
    expect(new Set(found.flat()).size).toBe(130);
    expect(await pages[0]).toContain('1 to 50 of 130 Next page');
    expect(await pages[2]).toContain('101 to 130 of 130 Previous page');
    const searched = await read('/sandbox/portal?search=AN+ALV');
    expect(people(searched)).toEqual([]);
    expect(people(await read('/sandbox/portal?search=na+alv'))).toEqual([
      'ana.alves@parcel.example',
    ]);
    expect(await read('/sandbox/portal?search=%25')).toContain(
      'There is nobody of that name.',
    );
    expect(await read('/sandbox/portal?page=99')).toContain('Previous page');
  });

  it('assigns and removes in the console, past the API and under its own names', async () => {
    const form = {
      account: 'payments-prod',
      permissionSet: 'Billing',
      principal: 'AWS-Payments-PowerUser',
    };
    const press = async (action: string, status = 200) => {
      const { text } = await send('/sandbox/console', {
        ...form,
        action,
      }).expect(status);
      return text;
    };
    expect(await press('assign')).toContain(
      'Assigned: Billing on payments-prod, AWS-Payments-PowerUser.',
    );
    expect(await read(`/sandbox/portal?person=${id('ana')}`)).toContain(
      'payments-prod 111122223333 Billing AWS-Payments-PowerUser',
    );
    expect(await read('/sandbox/console?search=payments-pro')).toContain(
      'payments-prod Billing AWS-Payments-PowerUser group',
    );
    expect(await press('unassign')).toContain('Removed: Billing');
    expect(await press('unassign', 400)).toContain('role="alert"');
    for (const [wrong, reason] of [
      [{ account: 'nowhere' }, 'There is no account nowhere.'],
      [{ permissionSet: 'Root' }, 'There is no permission set Root.'],
      [{ principal: 'Nobody' }, 'no group and no person called Nobody'],
      [{ principal: '' }, 'Name an account'],
    ] as const) {
      const { text } = await send('/sandbox/console', {
        ...form,
        action: 'assign',
        ...wrong,
      }).expect(400);
      expect(text).toContain(reason);
    }
    clock.advance(5 * 60_000);
    expect(await eventsOf('AssociateProfile')).toHaveLength(1);
    expect(await eventsOf('DisassociateProfile')).toHaveLength(1);
    expect(await eventsOf('CreateAccountAssignment')).toEqual([]);
  });

  it('changes the weather, and shows its rules and faults', async () => {
    expect(await read('/sandbox/weather')).toContain('No rule is in force');
    await send('/sandbox/weather', { preset: 'storm' }).expect(303);
    expect(await read('/sandbox/weather')).toContain(
      'too many requests everything throttle, retryAfterSeconds 2 20 % of the time',
    );
    const document = JSON.stringify({
      name: 'no trail',
      rules: [
        {
          name: 'gone',
          match: { service: 'cloudtrail' },
          fault: { type: 'error', status: 503 },
          count: 1,
        },
      ],
    });
    await send('/sandbox/weather', { document }).expect(303);
    await expect(eventsOf('Federate')).rejects.toMatchObject({
      $metadata: { httpStatusCode: 503 },
    });
    const text = await read('/sandbox/weather');
    expect(text).toContain('The weather is no trail .');
    expect(text).toContain('gone cloudtrail error, status 503, when before');
    expect(text).toContain('UTC gone error cloudtrail LookupEvents');

    for (const form of [
      { preset: '/etc/passwd' },
      { preset: 'constructor' },
      { document: '"/etc/passwd"' },
      { document: '{' },
      { document: '{"rules":[{"fault":{"type":"<b>hail"}}]}' },
    ]) {
      const refused = await send('/sandbox/weather', form as {}).expect(400);
      expect(refused.text).toContain('The weather has not changed.');
      expect(refused.text).not.toContain('<b>hail');
      expect(refused.text).not.toContain('root:');
    }
    expect(sandbox.weather.document().name).toBe('no trail');
    await send('/sandbox/weather', { preset: 'calm' }).expect(303);
    expect(await read('/sandbox/weather')).toContain('Nothing has failed');
  });

  it.each([
    '/sandbox/clock',
    '/sandbox/scim',
    '/sandbox/scim/token',
    '/sandbox/portal/open',
    '/sandbox/console',
    '/sandbox/weather',
  ])('takes no form from another site: %s', async path => {
    for (const origin of ['https://elsewhere.example', 'null']) {
      await request(app)
        .post(path)
        .set('Origin', origin)
        .type('form')
        .send({ minutes: 40, preset: 'storm' })
        .expect(403);
    }
    expect(clock.offset()).toBe(0);
    expect(sandbox.weather.document().name).toBe('calm');
    await request(app)
      .post(path)
      .set('Origin', app)
      .type('form')
      .send({ minutes: 40, preset: 'storm' })
      .expect(({ status }) => expect(status).not.toBe(403));
  });
});
