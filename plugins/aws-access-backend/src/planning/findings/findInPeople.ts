import { countLabel, listLabel } from '../../wording/labels';
import { accountAssignmentDocumentSchema } from '../objects/planDocuments';
import {
  FindingAbout,
  FindingKind,
  FindingsContext,
  NAMES_NONE,
} from './FindingsContext';

/** From here on a request is about a crowd rather than about people. */
const MANY_PEOPLE = 10;

/** Who gains access, and by which way. */
export const findInPeople: FindingKind = context => {
  const gaining = new Set(context.draft.gains.map(atom => atom.entraUserId));
  const people = context.draft.people.filter(({ entraUserId }) =>
    gaining.has(entraUserId),
  );
  const findings: FindingAbout[] = people
    .filter(person => !context.facts.inIdentityStore.has(person.entraUserId))
    .map(person => ({
      id: `not-in-aws-yet/${person.entraUserId}`,
      severity: 'low',
      title: 'Not known to AWS yet',
      reason: `SCIM has not brought ${person.displayName} to AWS; the access waits for that.`,
      about: { people: [person.entraUserId], accounts: [] },
    }));
  if (gaining.size > MANY_PEOPLE) {
    findings.push({
      id: 'many-people',
      severity: 'low',
      title: 'Many people',
      reason: `${gaining.size} people gain access.`,
      about: NAMES_NONE,
    });
  }
  return [...findings, ...findDirect(context)];
};

/** An assignment to a person outlives their place in every group. */
function findDirect({ draft }: FindingsContext): FindingAbout[] {
  const ids = new Set(
    draft.objects
      .filter(
        ({ kind, action }) =>
          kind === 'accountAssignment' && action === 'create',
      )
      .map(
        ({ after }) => accountAssignmentDocumentSchema.parse(after).principal,
      )
      .flatMap(principal =>
        principal.kind === 'person' ? principal.entraUserId : [],
      ),
  );
  if (ids.size === 0) return [];
  const names = draft.people
    .filter(({ entraUserId }) => ids.has(entraUserId))
    .map(({ displayName }) => displayName);
  return [
    {
      id: 'assigned-directly',
      severity: draft.duration === null ? 'medium' : 'info',
      title: 'Assigned to people, not to a group',
      reason: `${countLabel(
        ids.size,
        'person is',
        'people are',
      )} assigned directly: ${listLabel(names)}. No group shows it.`,
      about: { people: [...ids], accounts: [] },
    },
  ];
}
