import type { Request } from 'express';

/**
 * What a rule can tell requests apart by.
 * @public
 */
export interface WeatherRequest {
  readonly cloud: 'aws' | 'graph';
  readonly service: string;
  readonly operation: string;
  readonly access: 'read' | 'write';
  /** What an AWS write is about: ARNs and ids of the permission set, group, user or account. */
  readonly objects?: readonly string[];
}

/** What the token endpoint of Entra is called in rules. It has no version and is no part of Graph, but its client's. */
export const TOKEN_SERVICE = 'token';

const TOKEN_ENDPOINT = /^\/[^/]+\/oauth2\/v2\.0\/token$/;

const AWS_SERVICES: [target: RegExp, service: string][] = [
  [/^SWBExternalService\./, 'sso-admin'],
  [/^AWSIdentityStore\./, 'identitystore'],
  [/^AWSOrganizationsV20161128\./, 'organizations'],
  [/CloudTrail_20131101\./, 'cloudtrail'],
];

const OBJECT_MEMBERS = new Set([
  'PermissionSetArn',
  'ResourceArn',
  'GroupId',
  'UserId',
  'ResourceId',
  'AccountId',
]);

/** Operations that change nothing by the names that AWS gives them; new keys from STS are no change either. */
const AWS_READ = /^(Describe|List|Get|Is|Lookup|AssumeRole)/;

/**
 * Names an AWS or Graph request. The body of an AWS request must have been read as text: the query protocol says only
 * there what it wants.
 *
 * @returns undefined for everything else, which no weather reaches
 */
export function describeRequest(request: Request): WeatherRequest | undefined {
  const graph = /^\/(?:v1\.0|beta)(\/.*)$/.exec(request.baseUrl + request.path);
  if (graph) {
    return describeGraphRequest(request.method, graph[1]);
  }
  if (request.method === 'POST' && TOKEN_ENDPOINT.test(request.path)) {
    return {
      cloud: 'graph',
      service: TOKEN_SERVICE,
      operation: 'POST /token',
      access: 'read',
    };
  }
  const target = request.get('x-amz-target');
  if (target) {
    const operation = target.split('.').pop() ?? '';
    const service =
      AWS_SERVICES.find(([prefix]) => prefix.test(target))?.[1] ?? 'unknown';
    return {
      cloud: 'aws',
      service,
      operation,
      access: awsAccess(operation),
      objects: objectsOf(request.body),
    };
  }
  const form = new URLSearchParams(
    typeof request.body === 'string' ? request.body : '',
  );
  const operation = form.get('Action');
  return operation
    ? {
        cloud: 'aws',
        service: form.get('Version') === '2010-05-08' ? 'iam' : 'sts',
        operation,
        access: awsAccess(operation),
      }
    : undefined;
}

/**
 * Names a Graph request, also one from inside a batch.
 *
 * @param path - below the version, without a query
 */
export function describeGraphRequest(
  method: string,
  path: string,
): WeatherRequest {
  return {
    cloud: 'graph',
    service: /^\/([^/(]*)/.exec(path)?.[1] ?? '',
    operation: `${method} ${path}`,
    access: method === 'GET' || path === '/$batch' ? 'read' : 'write',
  };
}

/** Ids in a request or an answer that say which object a write is about. */
export function objectsOf(body: unknown): string[] {
  let members: unknown = body;
  if (typeof body === 'string') {
    try {
      members = JSON.parse(body);
    } catch {
      return [];
    }
  }
  if (members === null || typeof members !== 'object') {
    return [];
  }
  return Object.entries(members).flatMap(([name, value]) => {
    if (name === 'PermissionSet') {
      return objectsOf(value);
    }
    return OBJECT_MEMBERS.has(name) && typeof value === 'string' ? [value] : [];
  });
}

function awsAccess(operation: string): WeatherRequest['access'] {
  return AWS_READ.test(operation) ? 'read' : 'write';
}
