import {
  createThrowAwayCertificate,
  exampleClouds,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsAccessConfigSchema } from '../config/AwsAccessConfig';
import { sandboxConfig } from '../testing/sandboxConfig';
import { CredentialsCheck } from './CredentialsCheck';
import { DefaultCloudsProvider } from './DefaultCloudsProvider';

type Changes = NonNullable<Parameters<typeof sandboxConfig>[1]>;

const [portal, delegate] = exampleClouds.credentials.awsAccessKeys;

describe('CredentialsCheck', () => {
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.weather.set({}));
  afterAll(() => sandbox.stop());

  function provide(changes: Changes = {}) {
    return new DefaultCloudsProvider({
      config: awsAccessConfigSchema.parse(sandboxConfig(sandbox.url, changes)),
      verifier: { verify: async () => {} },
    });
  }
  const withKey = (accessKeyId: string): Changes => ({
    aws: {
      region: 'eu-central-1',
      endpoint: sandbox.url,
      credentials: {
        type: 'accessKey',
        accessKeyId,
        secretAccessKey: 'sandbox',
      },
    },
  });

  it.each([
    ['management', portal.accessKeyId],
    ['delegated', delegate.accessKeyId],
  ])('finds out that they act in the %s account', async (account, key) => {
    const clouds = provide(withKey(key));
    const { callerAccount } = clouds.forOrganization('parcel');
    expect(callerAccount?.()).toBeUndefined();
    expect(await clouds.credentialsOf('parcel').look()).toMatchObject({
      aws: { account, problem: null, since: null },
      entra: { expiresAt: null, problem: null, since: null },
    });
    // Whoever plans is told without a call.
    expect(callerAccount?.()).toBe(account);
  });

  it('takes a role that lacks one right for no other account, where nobody is a delegated administrator', async () => {
    sandbox.weather.set({
      rules: [
        {
          match: { operation: 'ListAccountAssignmentsForPrincipal' },
          fault: { type: 'missingPermission' },
        },
        {
          match: { operation: 'ListDelegatedAdministrators' },
          fault: { type: 'missingPermission' },
        },
      ],
    });
    expect(await provide().credentialsOf('parcel').look()).toMatchObject({
      aws: { account: 'unknown', problem: null },
    });
  });

  it('says what is wrong, since when, and forgets it when it is mended', async () => {
    const check = provide().credentialsOf('parcel');
    sandbox.weather.set({
      rules: [
        {
          match: { service: 'organizations' },
          fault: { type: 'missingPermission' },
        },
        { match: { service: 'groups' }, fault: { type: 'missingPermission' } },
      ],
    });
    const first = await check.look();
    expect(first.aws.problem).toMatchObject({
      kind: 'permanent',
      message: expect.stringContaining(
        'its role lacks the permission organizations:DescribeOrganization',
      ),
    });
    expect(first.entra.problem).toBeNull();
    const second = await check.look();
    expect(second.aws.since).toBe(first.aws.since);
    sandbox.weather.set({});
    expect((await check.look()).aws).toMatchObject({
      account: 'management',
      problem: null,
      since: null,
    });
  });

  it('tells when a certificate ends, and what is wrong with one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aws-access-check-'));
    try {
      const certificatePath = join(folder, 'entra.pem');
      const input = sandboxConfig(sandbox.url);
      input.organizations.parcel.entra.credentials = {
        type: 'certificate',
        clientId: exampleClouds.entra.portal.appId,
        certificatePath,
      };
      const describeTenant = jest.fn();
      const check = new CredentialsCheck({
        config: awsAccessConfigSchema.parse(input).organizations.parcel,
        aws: provide().forOrganization('parcel').aws,
        entra: { describeTenant },
      });
      expect((await check.look()).entra).toMatchObject({
        expiresAt: null,
        problem: {
          code: 'CertificateUnreadable',
          message: expect.stringMatching(/^There is no file/),
        },
      });
      expect(describeTenant).not.toHaveBeenCalled();

      const { certificate, privateKey } = createThrowAwayCertificate({
        validTo: new Date('2099-01-01T00:00:00Z'),
      });
      await writeFile(certificatePath, certificate + privateKey);
      expect((await check.look()).entra).toEqual({
        expiresAt: '2099-01-01T00:00:00.000Z',
        problem: null,
        since: null,
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
