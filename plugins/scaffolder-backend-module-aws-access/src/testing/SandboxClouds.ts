const TARGETS = {
  'sso-admin': ['sso', 'SWBExternalService'],
  identitystore: ['identitystore', 'AWSIdentityStore'],
} as const;

/**
 * The sandbox's own AWS and Graph APIs: what tests believe about the clouds does
 * not come from the product.
 */
export class SandboxClouds {
  constructor(private readonly url: string) {}

  /** @throws Error with what AWS would refuse with */
  async aws<T = any>(
    service: keyof typeof TARGETS,
    operation: string,
    input: object,
  ): Promise<T> {
    const [scope, target] = TARGETS[service];
    const now = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
    const day = now.slice(0, 8);
    return answerOf(
      await fetch(this.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `${target}.${operation}`,
          'x-amz-date': now,
          // The sandbox accepts any signature by the portal's key.
          authorization: `AWS4-HMAC-SHA256 Credential=AKIASANDBOXPORTAL001/${day}/eu-central-1/${scope}/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${'0'.repeat(
            64,
          )}`,
        },
        body: JSON.stringify(input),
      }),
    );
  }

  /** @throws Error with what Graph would refuse with */
  async graph<T = any>(path: string): Promise<T> {
    return answerOf(
      await fetch(`${this.url}/v1.0${path}`, {
        headers: { authorization: 'Bearer sandbox-reader-token' },
      }),
    );
  }
}

async function answerOf(response: Response) {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return JSON.parse(text);
}
