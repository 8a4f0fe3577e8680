import {
  GetGroupIdCommand,
  GetUserIdCommand,
  IdentitystoreClient,
  IsMemberInGroupsCommand,
} from '@aws-sdk/client-identitystore';
import { exampleClouds, exampleCompany } from '../seed';
import { RunningSandbox, startSandbox } from '../server/startSandbox';

const { aws, entra, credentials } = exampleClouds;
const enterprise = entra.enterpriseApplication.servicePrincipalId;
const issuer = `https://scim.${aws.region}.amazonaws.com/${aws.identityStoreId}/scim/v2/`;
const ana = exampleCompany.people.find(({ name }) => name === 'ana')!;

let sandbox: RunningSandbox;
let identityStore: IdentitystoreClient;
beforeEach(async () => {
  sandbox = await startSandbox();
  identityStore = new IdentitystoreClient({
    endpoint: sandbox.url,
    region: aws.region,
    credentials: {
      accessKeyId: credentials.awsAccessKeys[0].accessKeyId,
      secretAccessKey: 'any',
    },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  identityStore.destroy();
  await sandbox.stop();
});

async function graph(method: string, path: string, body?: object) {
  const response = await fetch(`${sandbox.url}/v1.0${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${credentials.portalToken}`,
      'Content-Type': 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  expect(response.status).toBeLessThan(300);
  return response.status === 204 ? undefined : response.json();
}

it('carries an Entra group to what the AWS SDK sees, and takes it away with the next cycle', async () => {
  const bind = 'https://graph.microsoft.com/v1.0';
  const group = await graph('POST', '/groups', {
    displayName: 'AWS-Payments-SupportUser',
    mailEnabled: false,
    mailNickname: 'aws-payments-supportuser',
    securityEnabled: true,
    'owners@odata.bind': [
      `${bind}/servicePrincipals/${entra.portal.servicePrincipalId}`,
    ],
    'members@odata.bind': [`${bind}/users/${ana.entraId}`],
  });
  const { appRoles } = await graph('GET', `/servicePrincipals/${enterprise}`);
  await graph('POST', `/servicePrincipals/${enterprise}/appRoleAssignedTo`, {
    principalId: group.id,
    resourceId: enterprise,
    appRoleId: appRoles[0].id,
  });
  const byExternalId = (id: string) => ({
    IdentityStoreId: aws.identityStoreId,
    AlternateIdentifier: { ExternalId: { Issuer: issuer, Id: id } },
  });
  const find = () =>
    identityStore.send(new GetGroupIdCommand(byExternalId(group.id)));
  await expect(find()).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });

  sandbox.clock.advance(40 * 60_000);
  const { GroupId: groupId } = await find();
  const { UserId: userId } = await identityStore.send(
    new GetUserIdCommand(byExternalId(ana.entraId)),
  );
  expect(userId).toBe(ana.identityStoreUserId);
  const { Results: results } = await identityStore.send(
    new IsMemberInGroupsCommand({
      IdentityStoreId: aws.identityStoreId,
      MemberId: { UserId: userId! },
      GroupIds: [groupId!],
    }),
  );
  expect(results?.[0].MembershipExists).toBe(true);

  await graph('DELETE', `/groups/${group.id}`);
  await find();
  sandbox.clock.advance(40 * 60_000);
  await expect(find()).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
