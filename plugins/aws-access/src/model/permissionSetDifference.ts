import { writeBoundary, writePolicyName } from './permissionSetDesign';

/** A permission set as a plan has it before or after. */
export interface PlannedPermissionSet {
  name: string;
  description: string | null;
  sessionDuration: string;
  relayState: string | null;
  managedPolicies: Array<{ arn: string }>;
  customerManagedPolicies: Array<{ name: string; path: string }>;
  inlinePolicy: string | null;
  permissionsBoundary: Parameters<typeof writeBoundary>[0] | null;
  tags: Record<string, string>;
}

/** The parts of a permission set, in the order in which people read them. */
const PARTS = [
  'name',
  'description',
  'sessionDuration',
  'managedPolicies',
  'customerManagedPolicies',
  'permissionsBoundary',
  'relayState',
  'tags',
] as const;

/** One of the parts that are told in words; the inline policy is shown. */
export type PermissionSetPart = (typeof PARTS)[number];

/** What leaves and what comes in one part. */
export interface PartDifference {
  part: PermissionSetPart;
  removed: string[];
  added: string[];
}

/** Reads a document of a plan; undefined where it is no permission set. */
export function readPermissionSet(
  document: unknown,
): PlannedPermissionSet | undefined {
  const set = document as PlannedPermissionSet | null | undefined;
  return typeof set?.name === 'string' && Array.isArray(set.managedPolicies)
    ? set
    : undefined;
}

/** The parts in which two permission sets differ. */
export function comparePermissionSets(
  before: PlannedPermissionSet | undefined,
  after: PlannedPermissionSet | undefined,
): PartDifference[] {
  return PARTS.map(part => {
    const old = before ? linesOf(before, part) : [];
    const now = after ? linesOf(after, part) : [];
    return {
      part,
      removed: old.filter(line => !now.includes(line)),
      added: now.filter(line => !old.includes(line)),
    };
  }).filter(({ removed, added }) => removed.length + added.length > 0);
}

/**
 * A policy in lines that can be compared: laid out anew, because what was
 * written by hand and by a tool differ in white space. Only where that changes
 * nothing else: of a key that is there twice, one would be lost on the way.
 */
export function layOutPolicy(policy: string | null | undefined): string {
  if (!policy) return '';
  try {
    const laidOut = JSON.stringify(JSON.parse(policy), null, 2);
    return withoutSpace(laidOut) === withoutSpace(policy) ? laidOut : policy;
  } catch {
    return policy;
  }
}

function withoutSpace(text: string): string {
  return text.replace(/\s/g, '');
}

function linesOf(set: PlannedPermissionSet, part: PermissionSetPart): string[] {
  switch (part) {
    case 'managedPolicies':
      return set.managedPolicies.map(({ arn }) => arn);
    case 'customerManagedPolicies':
      return set.customerManagedPolicies.map(writePolicyName);
    case 'permissionsBoundary':
      return set.permissionsBoundary
        ? [writeBoundary(set.permissionsBoundary)]
        : [];
    case 'tags':
      return Object.entries(set.tags).map(([key, value]) => `${key}=${value}`);
    default:
      return set[part] === null ? [] : [set[part]];
  }
}
