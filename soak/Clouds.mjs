const SERVICES = {
  cloudtrail: { scope: 'cloudtrail', target: 'CloudTrail_20131101' },
  'sso-admin': { scope: 'sso', target: 'SWBExternalService' },
  identitystore: { scope: 'identitystore', target: 'AWSIdentityStore' },
  organizations: {
    scope: 'organizations',
    target: 'AWSOrganizationsV20161128',
  },
};
const APPLICATION = 'b9c6cb3e-5f24-4a55-9c8a-7d8e51b5f003';
const IdentityStoreId = 'd-99670e1a2b';
const InstanceArn = 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33';

/**
 * Both clouds, read through their own APIs and past the product: what a soak
 * believes must not come from what it tests.
 */
export class Clouds {
  #url;

  constructor(url) {
    this.#url = url;
  }

  /** Everything that access consists of; keys are what a change would change. */
  async read() {
    const [groups, applicationAssignments] = await Promise.all([
      this.#readGroups(),
      this.#graphList(
        `/servicePrincipals/${APPLICATION}/appRoleAssignedTo?$top=999`,
      ),
    ]);
    const permissionSets = await this.#readPermissionSets();
    return {
      groups,
      applicationAssignments: applicationAssignments.map(
        ({ principalId }) => principalId,
      ),
      permissionSets,
      assignments: await this.#readAssignments(permissionSets),
      ...(await this.#readIdentityStore()),
    };
  }

  /** What AWS has on record of writes, oldest first. */
  async readTrail() {
    const events = await this.#awsList('cloudtrail', 'LookupEvents', {});
    return events.reverse();
  }

  async #readGroups() {
    const groups = await this.#graphList(
      '/groups?$select=id,displayName,description,uniqueName&$top=999',
    );
    for (const group of groups) {
      const [members, owners] = await Promise.all(
        ['members', 'owners'].map(what =>
          this.#graphList(`/groups/${group.id}/${what}?$select=id&$top=999`),
        ),
      );
      group.members = members.map(({ id }) => id).sort();
      group.owners = owners.map(({ id }) => id).sort();
    }
    return groups;
  }

  async #readPermissionSets() {
    const arns = await this.#awsList('sso-admin', 'ListPermissionSets', {
      InstanceArn,
    });
    return Promise.all(
      arns.map(async PermissionSetArn => {
        const ofSet = { InstanceArn, PermissionSetArn };
        const [{ PermissionSet }, managed, inline, tags] = await Promise.all([
          this.#aws('sso-admin', 'DescribePermissionSet', ofSet),
          this.#awsList(
            'sso-admin',
            'ListManagedPoliciesInPermissionSet',
            ofSet,
          ),
          this.#aws('sso-admin', 'GetInlinePolicyForPermissionSet', ofSet),
          this.#awsList('sso-admin', 'ListTagsForResource', {
            InstanceArn,
            ResourceArn: PermissionSetArn,
          }),
        ]);
        return {
          arn: PermissionSetArn,
          name: PermissionSet.Name,
          description: PermissionSet.Description ?? null,
          sessionDuration: PermissionSet.SessionDuration,
          managed: managed.map(({ Arn }) => Arn).sort(),
          inline: inline.InlinePolicy || null,
          tags: tags.map(({ Key, Value }) => `${Key}=${Value}`).sort(),
        };
      }),
    );
  }

  async #readAssignments(permissionSets) {
    const found = [];
    for (const { arn: PermissionSetArn } of permissionSets) {
      const accounts = await this.#awsList(
        'sso-admin',
        'ListAccountsForProvisionedPermissionSet',
        { InstanceArn, PermissionSetArn },
      );
      const lists = await Promise.all(
        accounts.map(AccountId =>
          this.#awsList('sso-admin', 'ListAccountAssignments', {
            InstanceArn,
            AccountId,
            PermissionSetArn,
          }),
        ),
      );
      found.push(...lists.flat());
    }
    return found.map(one => ({
      accountId: one.AccountId,
      permissionSetArn: one.PermissionSetArn,
      principalType: one.PrincipalType,
      principalId: one.PrincipalId,
    }));
  }

  async #readIdentityStore() {
    const [storeGroups, storeUsers] = await Promise.all(
      ['ListGroups', 'ListUsers'].map(operation =>
        this.#awsList('identitystore', operation, { IdentityStoreId }),
      ),
    );
    const externalId = one =>
      one.ExternalIds?.[0]?.Id ?? one.ExternalId ?? null;
    const users = storeUsers.map(user => ({
      id: user.UserId,
      externalId: externalId(user),
    }));
    const entraIds = new Map(users.map(user => [user.id, user.externalId]));
    return {
      storeUsers: users,
      storeGroups: await Promise.all(
        storeGroups.map(async group => ({
          id: group.GroupId,
          externalId: externalId(group),
          displayName: group.DisplayName,
          members: (
            await this.#awsList('identitystore', 'ListGroupMemberships', {
              IdentityStoreId,
              GroupId: group.GroupId,
            })
          )
            .map(({ MemberId }) => entraIds.get(MemberId.UserId))
            .sort(),
        })),
      ),
    };
  }

  async #awsList(service, operation, input) {
    const items = [];
    let token;
    do {
      const page = await this.#aws(service, operation, {
        ...input,
        ...(token && { NextToken: token }),
      });
      const list = Object.values(page).find(Array.isArray);
      items.push(...(list ?? []));
      token = page.NextToken;
    } while (token);
    return items;
  }

  async #aws(service, operation, input) {
    const { scope, target } = SERVICES[service];
    const now = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `${target}.${operation}`,
        'x-amz-date': now,
        // The sandbox knows the access key, and accepts any signature by it.
        authorization: [
          `AWS4-HMAC-SHA256 Credential=AKIASANDBOXPORTAL001/${now.slice(
            0,
            8,
          )}/eu-central-1/${scope}/aws4_request`,
          'SignedHeaders=host;x-amz-date;x-amz-target',
          `Signature=${'0'.repeat(64)}`,
        ].join(', '),
      },
      body: JSON.stringify(input),
    });
    return answerOf(response, operation);
  }

  async #graphList(path) {
    const items = [];
    let next = `${this.#url}/v1.0${path}`;
    while (next) {
      const page = await answerOf(
        await fetch(next, {
          headers: { authorization: 'Bearer sandbox-reader-token' },
        }),
        path,
      );
      items.push(...page.value);
      next = page['@odata.nextLink'];
    }
    return items;
  }
}

async function answerOf(response, what) {
  const text = await response.text();
  if (!response.ok) throw new Error(`${what}: ${response.status} ${text}`);
  return JSON.parse(text);
}
