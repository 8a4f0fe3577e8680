import { Plan, RequestState } from 'backstage-plugin-aws-access-common';
import {
  accessGroupDocumentSchema,
  permissionSetDocumentSchema,
} from '../../planning/objects/planDocuments';

/** So that nobody has a long text looked up word by word. */
const MOST_WORDS = 8;
/** Longer ones are no names of anything here. */
const LONGEST_WORD = 64;
/** Shorter words begin too many others. */
const SHORTEST_BEGINNING = 2;

/** Words that people write around what they look for. */
const FILLERS = new Set(
  'a an and at by for from in of on or the to with aws access request requests'.split(
    ' ',
  ),
);

/** As people see the states, and as templates and the API name them. */
const STATE_WORDS: Record<RequestState, string[]> = {
  submitted: ['submitted'],
  pending: ['pending', 'waiting', 'approval'],
  approved: ['approved'],
  provisioning: ['provisioning'],
  propagating: ['propagating', 'waiting'],
  active: ['active', 'usable'],
  ending: ['ending'],
  ended: ['ended', 'done'],
  stuck: ['stuck'],
  denied: ['denied', 'refused'],
  rejected: ['rejected'],
  withdrawn: ['withdrawn'],
  lapsed: ['lapsed'],
};

/**
 * The words of a name, each with what follows it: `AWS-Payments-PowerUser` is
 * found by "payments", by "payments-poweruser", by "poweruser" and by "user". So
 * "payments-prod" is not what has "payments" here and "prod" there.
 */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKC');
  return [plain, plain.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, '-')].flatMap(name =>
    name.split(/\s+/).flatMap(piece => {
      const parts = partsOf(piece);
      return parts.map((_, index) => joinWord(parts.slice(index)));
    }),
  );
}

function partsOf(piece: string): string[] {
  return piece
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(part => part !== '');
}

function joinWord(parts: string[]): string {
  return parts.join('-').slice(0, LONGEST_WORD);
}

/**
 * Under which words a request is found, as far as its plan is shown: number,
 * team, accounts, permission sets and access groups. Not its justification, and
 * nobody's name (security rule 30).
 */
export function requestWords(
  request: { number: number; teamRef: string },
  plan: Pick<Plan, 'accounts' | 'permissionSets' | 'objects'>,
): Set<string> {
  return new Set([
    String(request.number),
    ...plan.accounts.map(({ id }) => id),
    ...[
      request.teamRef.split('/').pop()!,
      ...plan.accounts.map(({ name }) => name),
      ...plan.permissionSets.map(({ name }) => name),
      ...plan.objects.flatMap(namesOfObject),
    ].flatMap(wordsOf),
  ]);
}

/**
 * What somebody typed, as words that all have to be found. None = everything
 * passes.
 */
export function searchedWords(text: string): string[] {
  // As the AWS console writes account ids.
  const joined = text.replace(/\b(\d{4})[- ](\d{4})[- ](\d{4})\b/g, '$1$2$3');
  const words = joined
    .normalize('NFKC')
    .split(/\s+/)
    .map(piece => joinWord(partsOf(piece)))
    .filter(word => word !== '' && !FILLERS.has(word));
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/** Whether the beginnings of words are looked for as well; numbers are whole. */
export function isBeginning(word: string): boolean {
  return word.length >= SHORTEST_BEGINNING && !/^\d+$/.test(word);
}

/** The states that the word stands for. */
export function statesOfWord(word: string): RequestState[] {
  return (Object.keys(STATE_WORDS) as RequestState[]).filter(state =>
    isAmong(word, STATE_WORDS[state]),
  );
}

/** Whether a request with these words, in this state, is what was searched. */
export function hasSearchedWords(
  searched: string[],
  words: Iterable<string>,
  state: RequestState,
): boolean {
  const known = [...words, ...STATE_WORDS[state]];
  return searched.every(word => isAmong(word, known));
}

function isAmong(word: string, words: string[]): boolean {
  return isBeginning(word)
    ? words.some(one => one.startsWith(word))
    : words.includes(word);
}

function namesOfObject({
  kind,
  before,
  after,
}: Plan['objects'][number]): string[] {
  return [before, after].flatMap(document => {
    if (kind === 'accessGroup') {
      const { data } = accessGroupDocumentSchema.safeParse(document);
      return data ? [data.displayName] : [];
    }
    if (kind === 'permissionSet') {
      const { data } = permissionSetDocumentSchema.safeParse(document);
      return data ? [data.name] : [];
    }
    return [];
  });
}
