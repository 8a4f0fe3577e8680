import { setTimeout } from 'node:timers/promises';
/**
 * The sandbox's own AWS and Graph APIs, read past the portal: what the tests
 * believe about the clouds must not come from the product under test.
 */
function sandboxUrl(): string {
  const url = process.env.AWS_ACCESS_E2E_SANDBOX_URL;
  if (!url) {
    throw new Error('The sandbox is started by the global setup');
  }
  return url;
}

const services = {
  'sso-admin': { scope: 'sso', target: 'SWBExternalService' },
  identitystore: { scope: 'identitystore', target: 'AWSIdentityStore' },
  organizations: {
    scope: 'organizations',
    target: 'AWSOrganizationsV20161128',
  },
};

/**
 * Calls an AWS operation and returns its answer. AWS's rate is shared with the
 * portal: what is throttled is asked again when the next second has begun.
 *
 * @throws Error with the status and the AWS error, when AWS would refuse.
 */
export async function callAws<T = any>(
  service: keyof typeof services,
  operation: string,
  input: object = {},
): Promise<T> {
  const { scope, target } = services[service];
  const now = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const response = await fetch(sandboxUrl(), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${target}.${operation}`,
      'x-amz-date': now,
      // The sandbox knows the portal's access key and accepts any signature by it.
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
  if (response.status === 400) {
    const text = await response.clone().text();
    if (text.includes('ThrottlingException')) {
      await setTimeout(1_000);
      return callAws(service, operation, input);
    }
  }
  return answerOf(response, operation);
}

/**
 * Reads from Microsoft Graph, by a path such as `/groups?$filter=...`.
 *
 * @throws Error with the status and Graph's error, when Graph would refuse.
 */
export async function readGraph<T = any>(path: string): Promise<T> {
  const response = await fetch(`${sandboxUrl()}/v1.0${path}`, {
    headers: { authorization: 'Bearer sandbox-reader-token' },
  });
  return answerOf(response, path);
}

async function answerOf(response: Response, what: string) {
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${what}: ${response.status} ${text}`);
  }
  return JSON.parse(text);
}
