import express from 'express';
import request from 'supertest';
import { SandboxClock } from '../clock/SandboxClock';
import { exampleCompany, seedExampleCompany } from '../seed';
import { SandboxStore } from '../store/SandboxStore';
import { createPageRouter } from './createPageRouter';

const id = (name: string) =>
  exampleCompany.people.find(p => p.name === name)!.entraId;

let store: SandboxStore;
let clock: SandboxClock;
let app: express.Express;
beforeEach(() => {
  store = SandboxStore.open(':memory:');
  clock = new SandboxClock(store);
  seedExampleCompany({ store, clock });
  app = express().use('/sandbox', createPageRouter({ store, clock }));
});
afterEach(() => store.close());

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
});
