import {
  PermissionSet,
  PermissionSetChange,
} from 'backstage-plugin-aws-access-common';

type Document = PermissionSetChange['document'];
type PolicyName = Document['customerManagedPolicies'][number];

/** A permission set as people write it down. */
export interface PermissionSetDesign {
  name: string;
  description: string;
  /** ISO-8601. */
  sessionDuration: string;
  /** A name or an ARN on each line. */
  managedPolicies: string;
  /** A path and name on each line. */
  customerManagedPolicies: string;
  /** JSON text, sent as it is written. */
  inlinePolicy: string;
  /** An ARN, or the path and name of a policy in every account. */
  permissionsBoundary: string;
  relayState: string;
  /** `key=value` on each line. */
  tags: string;
}

/** Nothing written down yet. */
export const emptyDesign: PermissionSetDesign = {
  name: '',
  description: '',
  sessionDuration: 'PT1H',
  managedPolicies: '',
  customerManagedPolicies: '',
  inlinePolicy: '',
  permissionsBoundary: '',
  relayState: '',
  tags: '',
};

/** Where policies that AWS manages are, unless a full ARN says otherwise. */
const AWS_MANAGED = 'arn:aws:iam::aws:policy/';

/** The document that a design describes; the wire schema judges it. */
export function toPermissionSetDocument(design: PermissionSetDesign): Document {
  const boundary = design.permissionsBoundary.trim();
  return {
    name: design.name.trim(),
    description: design.description.trim() || null,
    sessionDuration: design.sessionDuration,
    relayState: design.relayState.trim() || null,
    managedPolicies: linesOf(design.managedPolicies).map(line =>
      line.startsWith('arn:') ? line : `${AWS_MANAGED}${line}`,
    ),
    customerManagedPolicies: linesOf(design.customerManagedPolicies).map(
      toPolicyName,
    ),
    // Not trimmed: the bytes that were read are the bytes that are sent.
    inlinePolicy: design.inlinePolicy.trim() ? design.inlinePolicy : null,
    permissionsBoundary: boundary ? toBoundary(boundary) : null,
    tags: Object.fromEntries(linesOf(design.tags).map(toTag)),
  };
}

/** An existing permission set as a design to change. */
export function toDesign(set: PermissionSet): PermissionSetDesign {
  const boundary = set.permissionsBoundary;
  return {
    name: set.name,
    description: set.description ?? '',
    sessionDuration: set.sessionDuration,
    managedPolicies: set.managedPolicies.map(({ arn }) => arn).join('\n'),
    customerManagedPolicies: set.customerManagedPolicies
      .map(writePolicyName)
      .join('\n'),
    inlinePolicy: set.inlinePolicy ?? '',
    permissionsBoundary: boundary ? writeBoundary(boundary) : '',
    relayState: set.relayState ?? '',
    tags: Object.entries(set.tags ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join('\n'),
  };
}

/** A boundary in one line: an ARN, or path and name. */
export function writeBoundary(
  boundary: NonNullable<Document['permissionsBoundary']>,
): string {
  return 'managedPolicyArn' in boundary
    ? boundary.managedPolicyArn
    : writePolicyName(boundary.customerManagedPolicy);
}

/** Path and name of a policy in one line. */
export function writePolicyName({ path, name }: PolicyName): string {
  return `${path}${name}`;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}

function toPolicyName(line: string): PolicyName {
  const slash = line.lastIndexOf('/');
  const path = slash < 0 ? '/' : line.slice(0, slash + 1);
  return {
    name: line.slice(slash + 1),
    path: path.startsWith('/') ? path : `/${path}`,
  };
}

function toBoundary(text: string): Document['permissionsBoundary'] {
  return text.startsWith('arn:')
    ? { managedPolicyArn: text }
    : { customerManagedPolicy: toPolicyName(text) };
}

function toTag(line: string): [string, string] {
  const equals = line.indexOf('=');
  return equals < 0
    ? [line, '']
    : [line.slice(0, equals).trim(), line.slice(equals + 1).trim()];
}
