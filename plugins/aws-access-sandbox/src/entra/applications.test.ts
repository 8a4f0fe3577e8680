import { X509Certificate } from 'crypto';
import { exampleClouds } from '../seed';
import {
  Answered,
  refusal,
  startTestGraph,
} from './__testUtils__/startTestGraph';

const { entra } = exampleClouds;
const gallery = `/applicationTemplates/${entra.enterpriseApplication.templateId}`;

let graph: Awaited<ReturnType<typeof startTestGraph>>;
beforeEach(async () => {
  graph = await startTestGraph();
});
afterEach(() => graph.stop());

const api = (path: string) => graph.administrator().api(path);

const instantiate = (): Promise<{
  application: Answered;
  servicePrincipal: Answered;
}> => api(`${gallery}/instantiate`).post({ displayName: 'AWS, acquired' });

describe('setting up single sign-on', () => {
  it('goes from the gallery to signed claims', async () => {
    const { value } = await api('/applicationTemplates')
      .filter("startswith(displayName,'AWS IAM Identity Center')")
      .get();
    expect(value).toMatchObject([
      { id: entra.enterpriseApplication.templateId },
    ]);
    expect(
      await refusal(api(`${gallery.slice(0, -1)}0/instantiate`).post({})),
    ).toMatchObject({ statusCode: 404 });
    const { application, servicePrincipal } = await instantiate();
    expect(application).toMatchObject({ appId: servicePrincipal.appId });

    const principal = `/servicePrincipals/${servicePrincipal.id}`;
    await api(principal).patch({
      preferredSingleSignOnMode: 'saml',
      samlSingleSignOnSettings: { relayState: 'https://start.example' },
      notificationEmailAddresses: ['cloud@parcel.example'],
    });
    const reply =
      'https://eu-central-1.signin.aws.amazon.com/platform/saml/acs/1';
    await api(`/applications/${application.id}`).patch({
      identifierUris: [
        'https://eu-central-1.signin.aws.amazon.com/platform/saml/d-2',
      ],
      web: { redirectUris: [reply] },
    });
    const made = await api(`${principal}/addTokenSigningCertificate`).post({
      displayName: 'CN=Parcel',
      endDateTime: '2027-11-24T00:00:00Z',
    });
    const certificate = new X509Certificate(Buffer.from(made.key, 'base64'));
    expect(certificate.subject).toBe('CN=Parcel');
    expect(certificate.fingerprint.replace(/:/g, '')).toBe(made.thumbprint);
    expect(new Date(certificate.validTo).toISOString()).toBe(
      '2027-11-24T00:00:00.000Z',
    );
    expect(certificate.verify(certificate.publicKey)).toBe(true);

    const policy = await api('/policies/claimsMappingPolicies').post({
      displayName: 'Session tags',
      definition: [
        JSON.stringify({
          ClaimsMappingPolicy: {
            Version: 1,
            IncludeBasicClaimSet: 'true',
            ClaimsSchema: [
              { Source: 'user', ID: 'department', SamlClaimType: 'Department' },
            ],
          },
        }),
      ],
    });
    const assignPolicy = () =>
      api(`${principal}/claimsMappingPolicies/$ref`).post({
        '@odata.id': `https://graph.microsoft.com/v1.0/policies/claimsMappingPolicies/${policy.id}`,
      });
    await assignPolicy();
    expect(await refusal(assignPolicy())).toMatchObject({ statusCode: 409 });
    await expect(
      api(`${principal}/claimsMappingPolicies`).get(),
    ).resolves.toMatchObject({ value: [{ id: policy.id }] });
    expect(await api(principal).get()).toMatchObject({
      preferredSingleSignOnMode: 'saml',
      preferredTokenSigningKeyThumbprint: made.thumbprint,
      replyUrls: [reply],
      keyCredentials: [{ usage: 'Sign', key: null }, { usage: 'Verify' }],
    });
  });

  it('refuses what Entra refuses', async () => {
    const { application, servicePrincipal } = await instantiate();
    const principal = `/servicePrincipals/${servicePrincipal.id}`;
    const { identifierUris } = await api(
      `/applications(appId='${entra.enterpriseApplication.appId}')`,
    ).get();
    for (const [attempt, word] of [
      [
        api(`${principal}/addTokenSigningCertificate`).post({
          displayName: 'Parcel',
        }),
        'CN=',
      ],
      [
        api(`${principal}/addTokenSigningCertificate`).post({
          endDateTime: '2036-01-01T00:00:00Z',
        }),
        'endDateTime',
      ],
      [
        api(principal).patch({ preferredSingleSignOnMode: 'kerberos' }),
        'SignOn',
      ],
      [api(principal).patch({ appRoles: [] }), 'disabled first'],
      [
        api(`/applications/${application.id}`).patch({ identifierUris }),
        'identifierUris',
      ],
      [
        api('/policies/claimsMappingPolicies').post({
          displayName: 'x',
          definition: ['{}'],
        }),
        'ClaimsMappingPolicy',
      ],
    ] as const) {
      expect(await refusal(attempt)).toMatchObject({
        statusCode: 400,
        message: expect.stringContaining(word),
      });
    }
  });

  it('takes roles as a whole, and drops one only after it was disabled', async () => {
    const { application } = await instantiate();
    const path = `/applications/${application.id}`;
    const role = {
      id: '6a2f0d0e-0a4b-4b7f-9d55-0d1d6b1b3c11',
      allowedMemberTypes: ['User'],
      description: 'Auditors',
      displayName: 'Auditors',
      isEnabled: true,
      value: 'auditors',
    };
    await api(path).patch({ appRoles: [...application.appRoles, role] });
    expect(
      await refusal(api(path).patch({ appRoles: application.appRoles })),
    ).toMatchObject({ code: 'CannotDeleteOrUpdateEnabledEntitlement' });
    const disabled = [...application.appRoles, { ...role, isEnabled: false }];
    await api(path).patch({ appRoles: disabled });
    await api(path).patch({ appRoles: application.appRoles });
    const { value } = await api('/servicePrincipals')
      .filter(`appId eq '${application.appId}'`)
      .get();
    expect(value[0].appRoles).toHaveLength(2);
  });
});

it('makes, finds and deletes applications and their instances', async () => {
  const application = await api('/applications').post({
    displayName: 'Parcel tracker',
  });
  const principal = await api('/servicePrincipals').post({
    appId: application.appId,
  });
  expect(
    await refusal(api('/servicePrincipals').post({ appId: application.appId })),
  ).toMatchObject({ statusCode: 409 });
  const { value } = await api('/applications')
    .filter("displayName eq 'parcel TRACKER'")
    .get();
  expect(value).toMatchObject([{ id: application.id }]);
  await api(`/applications/${application.id}`).delete();
  for (const path of [
    `/applications/${application.id}`,
    `/servicePrincipals/${principal.id}`,
  ]) {
    expect(await refusal(api(path).get())).toMatchObject({ statusCode: 404 });
  }
  const delta = await graph.readAll('/servicePrincipals/delta');
  expect(delta.items.map(({ id }) => id)).not.toContain(principal.id);
});

it('lets an application with OwnedBy change only what it has made', async () => {
  graph.store.run(
    `UPDATE entra_access_tokens SET permissions_json = '["Application.Read.All","Application.ReadWrite.OwnedBy"]'
     WHERE token = ?`,
    [exampleClouds.credentials.portalToken],
  );
  const own = (path: string) => graph.client().api(path);
  const { servicePrincipal } = await own(`${gallery}/instantiate`).post({
    displayName: 'AWS, mine',
  });
  await own(`/servicePrincipals/${servicePrincipal.id}`).patch({
    notes: 'Made by the portal',
  });
  expect(
    await refusal(
      own(
        `/servicePrincipals/${entra.enterpriseApplication.servicePrincipalId}`,
      ).patch({ notes: 'Not mine' }),
    ),
  ).toMatchObject({ statusCode: 403 });
});
