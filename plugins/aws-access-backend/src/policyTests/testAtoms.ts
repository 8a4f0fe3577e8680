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
  const isLoss = given.effect
    ? given.effect === 'loss'
    : given.changes.every(kind => kind.startsWith('remove'));
  const request = {
    permissionSetName: given.permissionSet,
    accessLevel: factOf(level === 'unknown' ? undefined : level),
    teamRef: given.team ?? person.team,
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
  if (given.accounts.length === 0) {
    return [
      {
        ...request,
        accountId: null,
        environment: factOf<never>(undefined),
        owners: factOf<never>(undefined),
        systemOwners: factOf<never>(undefined),
        organizationalUnits: factOf<never>(undefined),
        tags: {},
        effect: 'none',
        temporary: null,
      },
    ];
  }
  return given.accounts.map(name => {
    const account = find(facts.accounts, name, 'account');
    return {
      ...request,
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
      effect: isLoss ? 'loss' : 'gain',
      temporary: isLoss ? null : given.duration !== undefined,
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
