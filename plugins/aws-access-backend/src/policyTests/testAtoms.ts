import { InputError } from '@backstage/errors';
import { Fact } from '../facts/Fact';
import { PolicyAtom } from '../policy/PolicyAtom';
import { PolicyFacts, PolicyTest } from './policyTestSchema';

/**
 * The effects that a test is about, as the rules see them. Pure.
 *
 * @throws InputError when the facts do not have what the test names
 */
export function testAtoms(
  given: PolicyTest['given'],
  facts: PolicyFacts,
): PolicyAtom[] {
  const person = find(facts.people, given.requester, 'person');
  const level = find(
    facts.permissionSets,
    given.permissionSet,
    'permission set',
  );
  return given.accounts.map(name => {
    const account = find(facts.accounts, name, 'account');
    return {
      accountId: account.id,
      environment: factOf(account.environment),
      owners: factOf(account.owner ? [account.owner] : undefined),
      systemOwners: factOf(
        account.systemOwner ? [account.systemOwner] : undefined,
      ),
      organizationalUnits: factOf(
        account.organizationalUnits?.map(unit => ({ id: unit, name: unit })),
      ),
      tags: account.tags,
      permissionSetName: given.permissionSet,
      accessLevel: factOf(level === 'unknown' ? undefined : level),
      teamRef: given.team ?? person.team,
      temporary: given.duration !== undefined,
      changeKinds: given.changes,
      filedByActor: given.filedByActor,
      findings: {
        worst:
          given.findings === undefined || given.findings === 'none'
            ? null
            : given.findings,
        isComplete: given.findings !== undefined,
      },
    };
  });
}

function factOf<T>(value: T | undefined): Fact<T> {
  return value === undefined
    ? { known: false, reason: 'the facts do not say' }
    : { known: true, value, source: 'the facts' };
}

function find<T>(items: Record<string, T>, name: string, what: string): T {
  if (Object.hasOwn(items, name)) return items[name];
  throw new InputError(`the facts have no ${what} '${name}'`);
}
