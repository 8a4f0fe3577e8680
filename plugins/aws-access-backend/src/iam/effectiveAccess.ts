import { EffectiveAccess } from 'backstage-plugin-aws-access-common';
import { accessLevelOf } from './accessLevelOf';
import { listLabel } from '../wording/labels';
import { accessOf } from './accessOf';
import { accessInWords } from './accessInWords';
import { PolicyDocument } from './grantsOf';
import { managedPolicy } from './managedPolicies';

/**
 * What a permission set really grants, service by service and in words, with
 * what limits it and what cannot be told. Pure.
 */
export function effectiveAccess(document: PolicyDocument): EffectiveAccess {
  const access = accessOf(document);
  const { level, fact } = accessLevelOf(document);
  return {
    level,
    isLevelKnown: fact.known,
    words: accessInWords(access, level),
    services: access.services.map(service => service.access),
    limits: limitsOf(document, access),
    unknown: unknownOf(document, access),
  };
}

function limitsOf(
  document: PolicyDocument,
  { services, grants }: ReturnType<typeof accessOf>,
): string[] {
  const limitedBy = (
    limit: (typeof services)[number]['access']['limits'][number],
  ) =>
    services
      .filter(({ access }) => access.limits.includes(limit))
      .map(({ access }) => access.name);
  const sentences: string[] = [];
  const say = (names: string[], text: string) => {
    if (names.length > 0) sentences.push(`${text}: ${listLabel(names)}.`);
  };
  say(limitedBy('resources'), 'Some actions on named resources only');
  say(limitedBy('conditions'), 'Some actions under conditions only');
  say(
    limitedBy('denials'),
    'Some actions are denied on some resources or under conditions',
  );
  say([...new Set(grants.denied)].sort(), 'Denied for good');
  if (grants.boundary && document.permissionsBoundary) {
    const name = boundaryName(document.permissionsBoundary);
    sentences.push(
      `The permissions boundary ${name} takes away what it does not allow; this is counted in.`,
    );
  }
  return sentences;
}

function unknownOf(
  document: PolicyDocument,
  { grants }: ReturnType<typeof accessOf>,
): string[] {
  const sentences = grants.unknown.map(
    reason => `Cannot tell: ${reason}. It may allow more than is shown here.`,
  );
  if (grants.described.length > 0) {
    const texts = document.managedPolicies
      .filter(({ name }) => grants.described.includes(name))
      .map(({ arn, name }) => `${name} (${managedPolicy(arn)!.text})`);
    sentences.push(
      `Not known action by action, only as AWS describes it: ${listLabel(
        texts,
      )}.`,
    );
  }
  if (grants.namedReads.length > 0) {
    sentences.push(
      `Reads what the name says; which services is not known: ${listLabel(
        grants.namedReads,
      )}.`,
    );
  }
  if (grants.unreadBoundary !== null) {
    sentences.push(
      `Cannot tell: the permissions boundary ${grants.unreadBoundary} has not been read. It may allow less than is shown here.`,
    );
  }
  return sentences;
}

function boundaryName(
  boundary: NonNullable<PolicyDocument['permissionsBoundary']>,
): string {
  return 'managedPolicyArn' in boundary
    ? boundary.managedPolicyArn.split('/').pop()!
    : boundary.customerManagedPolicy.name;
}
