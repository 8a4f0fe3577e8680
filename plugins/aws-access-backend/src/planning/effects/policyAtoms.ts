import {
  Change,
  Finding,
  Plan,
  severitySchema,
} from 'backstage-plugin-aws-access-common';
import { Fact } from '../../facts/Fact';
import { PolicyAtom } from '../../policy/PolicyAtom';
import { movedMemberships } from '../movedMemberships';
import { PlanContext } from '../PlanContext';
import { accountAssignmentDocumentSchema } from '../objects/planDocuments';
import { PlanFacts, PlannedPermissionSet } from '../facts/PlanFacts';
import { withoutAccounts } from './withoutAccounts';

/** A permission set in an account, and what happens with it there. */
interface Place {
  accountId: string;
  arn: string;
  effect: 'gain' | 'loss';
  /** Somebody gains it there who did not have it. */
  isNew: boolean;
  /** It is there already, and is taken under management. */
  isAdopted?: boolean;
}

const NO_ACCOUNT = {
  environment: { known: false as const, reason: 'it touches no account' },
  owners: { known: false as const, reason: 'it touches no account' },
  systemOwners: { known: false as const, reason: 'it touches no account' },
  organizationalUnits: {
    known: false as const,
    reason: 'it touches no account',
  },
  tags: {},
};

/**
 * The effects of a plan as the rules see them; equal ones once. Pure.
 *
 * Gains and losses both count, what is adopted as a gain, and so do assignments
 * and changed permission sets that nobody is behind at the moment: who joins later
 * finds them there. So does all that a group carries which somebody joins who has
 * it by another way. What touches no account is an atom of its own, so that it does
 * not ride along with something that is approved by itself.
 */
export function policyAtoms(
  plan: Pick<
    Plan,
    'duration' | 'gains' | 'losses' | 'adopts' | 'objects' | 'findings'
  >,
  input: { teamRef: string; changes: Change[]; actor?: string | null },
  facts: PlanFacts,
): PolicyAtom[] {
  const { setsAfter } = new PlanContext(
    { ...input, duration: plan.duration },
    facts,
  );
  const request = {
    teamRef: input.teamRef,
    changeKinds: [...new Set(input.changes.map(change => change.kind))],
    filedByActor: Boolean(input.actor),
  };
  const isTemporary = plan.duration !== null;
  const isChanged = (arn: string) =>
    setsAfter.get(arn) !== facts.permissionSets.get(arn) &&
    facts.permissionSets.has(arn);

  const atoms = placesOf(plan, facts).map(
    ({ accountId, arn, effect, isNew, isAdopted }): PolicyAtom => {
      const before = facts.permissionSets.get(arn);
      const planned = effect === 'gain' ? setsAfter.get(arn) : before;
      const account = accountPart(accountId, facts);
      const accessLevel = levelOf(planned);
      return {
        accountId,
        ...account,
        accessLevel,
        permissionSetName: planned?.set.name ?? arn,
        ...request,
        effect,
        temporary: effect === 'gain' ? isTemporary : null,
        ...(effect === 'gain' &&
          !isNew &&
          (isAdopted || isChanged(arn)) && {
            accessLevelBefore: levelOf(before),
          }),
        findings: {
          worst: worstOf(
            plan.findings.filter(isAbout({ accountId, arn }, facts, setsAfter)),
          ),
          isComplete: accessLevel.known && account.environment.known,
        },
      };
    },
  );
  const others = withoutAccounts(plan, facts).map((arn): PolicyAtom => {
    const planned =
      arn === null
        ? undefined
        : setsAfter.get(arn) ?? facts.permissionSets.get(arn);
    const accessLevel: Fact<never> | ReturnType<typeof levelOf> =
      arn === null
        ? { known: false, reason: 'it is about no permission set' }
        : levelOf(planned);
    return {
      accountId: null,
      ...NO_ACCOUNT,
      accessLevel,
      permissionSetName: planned?.set.name ?? '',
      ...request,
      effect: 'none',
      temporary: null,
      findings: {
        worst: worstOf(
          plan.findings.filter(
            isAbout({ accountId: null, arn }, facts, setsAfter),
          ),
        ),
        isComplete: arn === null || accessLevel.known,
      },
    };
  });
  return [...atoms, ...others];
}

function placesOf(
  plan: Pick<Plan, 'gains' | 'losses' | 'adopts' | 'objects'>,
  facts: PlanFacts,
): Place[] {
  const places = new Map<string, Place>();
  const add = (place: Place) => {
    const key = `${place.effect}/${place.accountId}/${place.arn}`;
    const before = places.get(key);
    places.set(key, {
      ...place,
      isNew: place.isNew || (before?.isNew ?? false),
      isAdopted: place.isAdopted || (before?.isAdopted ?? false),
    });
  };
  const had = new Set(
    plan.losses.map(atom =>
      [atom.entraUserId, atom.accountId, atom.permissionSetArn].join('/'),
    ),
  );
  for (const { entraUserId, accountId, permissionSetArn: arn } of plan.gains) {
    add({
      accountId,
      arn,
      effect: 'gain',
      isNew: !had.has([entraUserId, accountId, arn].join('/')),
    });
  }
  const adopted = { effect: 'gain', isNew: false, isAdopted: true } as const;
  for (const { accountId, permissionSetArn: arn } of plan.adopts ?? []) {
    add({ accountId, arn, ...adopted });
  }
  for (const { accountId, permissionSetArn: arn } of plan.losses) {
    add({ accountId, arn, effect: 'loss', isNew: false });
  }
  for (const moved of movedMemberships(plan, facts)) {
    const { accountId, permissionSetArn: arn, effect } = moved;
    add({ accountId, arn, effect, isNew: effect === 'gain' });
  }
  for (const { kind, action, id, before, after } of plan.objects) {
    if (kind === 'accountAssignment' && action !== 'untouched') {
      const { accountId, permissionSetArn: arn } =
        accountAssignmentDocumentSchema.parse(after ?? before);
      const effect = action === 'remove' ? 'loss' : 'gain';
      add(
        action === 'adopt'
          ? { accountId, arn, ...adopted }
          : { accountId, arn, effect, isNew: effect === 'gain' },
      );
    }
    if (kind === 'permissionSet' && action === 'adopt') {
      for (const { accountId } of facts.holders.get(id!) ?? []) {
        add({ accountId, arn: id!, ...adopted });
      }
    }
    if (kind === 'permissionSet' && action === 'change') {
      for (const { accountId } of facts.holders.get(id!) ?? []) {
        add({ accountId, arn: id!, effect: 'gain', isNew: false });
        add({ accountId, arn: id!, effect: 'loss', isNew: false });
      }
    }
  }
  return [...places.values()];
}

function accountPart(accountId: string, facts: PlanFacts) {
  const planned = facts.accounts.get(accountId);
  const unknown = {
    known: false as const,
    reason: 'the inventory does not have the account',
  };
  return {
    environment: planned?.facts.environment ?? unknown,
    owners: planned?.facts.owners ?? unknown,
    systemOwners: facts.systemOwners.get(accountId) ?? {
      known: false as const,
      reason: 'nobody looked',
    },
    organizationalUnits:
      planned && planned.account.ouPath.length > 0
        ? {
            known: true as const,
            value: planned.account.ouPath,
            source: 'AWS Organizations',
          }
        : {
            known: false as const,
            reason: 'AWS Organizations names none',
          },
    tags: planned?.account.tags ?? {},
  };
}

function levelOf(planned: PlannedPermissionSet | undefined) {
  return (
    planned?.level.fact ?? {
      known: false as const,
      reason: 'the inventory does not have the permission set',
    }
  );
}

/**
 * A finding's id names the object that it is about. One about another account or
 * permission set is none of this effect; all others are.
 */
function isAbout(
  of: { accountId: string | null; arn: string | null },
  facts: PlanFacts,
  setsAfter: Map<string, PlannedPermissionSet>,
): (finding: Finding) => boolean {
  return ({ id }) => {
    const object = id.slice(id.indexOf('/') + 1);
    if (facts.accounts.has(object)) return object === of.accountId;
    if (setsAfter.has(object)) return object === of.arn;
    return true;
  };
}

function worstOf(findings: Finding[]): Finding['severity'] | null {
  const ranks = findings.map(({ severity }) =>
    severitySchema.options.indexOf(severity),
  );
  return ranks.length > 0 ? severitySchema.options[Math.max(...ranks)] : null;
}
