import { GRANTING_ACTIONS } from '../../iam/accessLevelOf';
import { reachIn } from '../../iam/accessOf';
import { listLabel } from '../../wording/labels';
import { ESCALATION_PATHS } from './escalationPaths';
import { SetFindingKind, GivenPermissionSet } from './FindingsContext';

/** Name of the finding about ways to more rights than one was given. */
const PRIVILEGE_ESCALATION = 'privilege-escalation';

/** A way that a permission set opens. */
interface OpenPath {
  text: string;
  actions: readonly string[];
  severity: 'high' | 'medium';
}

/**
 * Ways from a permission set to more rights. An administrator needs none. With
 * conditions, or on named resources only, a way is narrower, and counts as
 * `medium`.
 */
export const findEscalation: SetFindingKind = ({ given }) =>
  given
    .filter(({ level }) => level.level !== 'admin')
    .flatMap(set => {
      const paths = openPaths(set);
      if (paths.length === 0) return [];
      const texts = [
        ...new Set(
          paths.map(
            ({ text, actions }) => `${text} (${listLabel([...actions])})`,
          ),
        ),
      ];
      return [
        {
          id: `${PRIVILEGE_ESCALATION}/${set.arn}`,
          severity: paths.some(({ severity }) => severity === 'high')
            ? ('high' as const)
            : ('medium' as const),
          title: 'Could get more rights than it is given',
          reason: `With ${set.label} one could ${texts
            .slice(0, 3)
            .join('; or ')}${
            texts.length > 3 ? `; and in ${texts.length - 3} other ways` : ''
          }.`,
        },
      ];
    });

/** The ways that the policies of a permission set open, the widest first. */
export function openPaths({
  document,
}: Pick<GivenPermissionSet, 'document'>): OpenPath[] {
  const wide = ESCALATION_PATHS.flatMap(path => {
    const reaches = path.actions.map(action => reachIn(document, action));
    if (reaches.some(({ extent }) => extent !== 'everywhere')) return [];
    return reaches.some(({ isConditional }) => isConditional)
      ? [{ ...path, severity: 'medium' as const }]
      : [path];
  });
  const narrow = GRANTING_ACTIONS.filter(
    action => reachIn(document, action).extent === 'some',
  ).map(action => ({
    text: 'give rights or credentials to some roles, users or groups',
    actions: [action],
    severity: 'medium' as const,
  }));
  return [...wide, ...narrow].sort(
    (one, other) =>
      Number(other.severity === 'high') - Number(one.severity === 'high'),
  );
}
