import {
  AccessEntry,
  entityRefSchema,
  Freshness,
} from 'backstage-plugin-aws-access-common';
import { Caller } from '../authorization/Viewer';
import { parseInput } from '../router/parseInput';
import { ActionOptions } from './ActionOptions';
import { actionCaller } from './actionCaller';
import { describeEntry, entrySchema } from './describeEntry';

interface Question {
  accountId?: string;
  permissionSet?: string;
  organizationId?: string;
}

/** `explain-aws-access`: why somebody gets in, or that nothing lets them in. */
export function registerExplainAccess(options: ActionOptions): void {
  options.actionsRegistry.register({
    name: 'explain-aws-access',
    title: 'Explain AWS access',
    description:
      "Explains by which ways a person gets into an AWS account, or that there is none. For somebody else the caller must be allowed to see that person's access, or own the account.",
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: zod =>
        zod.object({
          user: zod
            .string()
            .optional()
            .describe('Catalog user, e.g. user:default/ana; left out = me'),
          accountId: zod.string().optional().describe('Id of an AWS account'),
          permissionSet: zod
            .string()
            .optional()
            .describe('Name or ARN of a permission set'),
          organizationId: zod.string().optional(),
        }),
      output: zod =>
        zod.object({
          explanation: zod.string().describe('The answer in plain words'),
          entries: zod.array(entrySchema(zod)),
          thingsToLookAt: zod.array(zod.string()),
          asOf: zod.string().nullable().describe('Age of the answer, ISO-8601'),
          complete: zod.boolean().describe('False: something may be missing'),
        }),
    },
    examples: [
      {
        title: 'How do I get into payments-prod?',
        input: { accountId: '111122223333' },
      },
      {
        title: 'Is Ben an administrator there?',
        input: {
          user: 'user:default/ben',
          accountId: '111122223333',
          permissionSet: 'AdministratorAccess',
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const caller = await actionCaller(options, credentials);
      const user = input.user
        ? parseInput(entityRefSchema('user'), input.user)
        : caller.userRef;
      const answer = await getAccess(options, caller, user, input);
      const items = answer.items.filter(entry => isAbout(entry, user, input));
      const entries = items.map(entry => describeEntry(entry, user));
      return {
        output: {
          explanation:
            entries.map(({ sentence }) => sentence).join('\n') ||
            describeNothing(user, input, answer.freshness),
          entries,
          thingsToLookAt: answer.thingsToLookAt
            .filter(({ entryId }) => items.some(({ id }) => id === entryId))
            .map(({ text }) => text),
          asOf: answer.freshness.asOf,
          complete: answer.freshness.complete,
        },
      };
    },
  });
}

/** An owner may see who gets into their account, and not what else they have. */
function getAccess(
  { access }: ActionOptions,
  caller: Caller,
  user: string,
  { accountId, organizationId }: Question,
) {
  return access.getAccess(
    user !== caller.userRef && accountId
      ? { organizationId, account: accountId }
      : { organizationId, user },
    caller,
  );
}

function isAbout(
  { account, permissionSet, holders }: AccessEntry,
  user: string,
  question: Question,
) {
  return (
    holders.some(({ entityRef }) => entityRef === user) &&
    (!question.accountId || account.id === question.accountId) &&
    (!question.permissionSet ||
      [permissionSet.arn, permissionSet.name].includes(question.permissionSet))
  );
}

function describeNothing(
  user: string,
  { accountId, permissionSet }: Question,
  { asOf, complete }: Freshness,
) {
  const where = accountId ? `into account ${accountId}` : 'into any account';
  const as = permissionSet ? ` as ${permissionSet}` : '';
  return `There is no way for ${user} ${where}${as}, as far as was read ${
    asOf ? `at ${asOf}` : 'so far'
  }.${
    complete ? '' : ' Not everything could be read, so that one may be missing.'
  }`;
}
