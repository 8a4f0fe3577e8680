import {
  createTemplateAction,
  type TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { InputError } from '@backstage/errors';
import type { ActionOptions } from '../shared/ActionOptions';
import { requestOutputs, writeRequestOutputs } from '../shared/requestOutputs';
import { type RequestReport, RequestRun } from '../shared/RequestRun';
import type { Zod } from '../shared/Zod';
import { directInputs, HOW_IT_ENDS } from './directInputs';
import { type CloudObject, findCloudObjects } from './findCloudObjects';
import {
  type DirectInput,
  type DirectWish,
  runDirectAction,
} from './runDirectAction';
import { getDirectField } from './toDirectFields';

type Inputs = Record<string, (z: Zod) => { optional(): unknown; _output: any }>;

/** What a template gives the action; without `requestId` some of it is needed. */
export type InputOf<T extends Inputs> = DirectInput & {
  [Name in keyof T]?: ReturnType<T[Name]>['_output'];
};

/** In what the direct actions differ. */
export interface DirectActionDefinition<T extends Inputs> {
  id: string;
  /** What it makes sure of, in one sentence. */
  ensures: string;
  examples: TemplateExample[];
  /** Its inputs beside those that all have; every one may be left out. */
  inputs: T;
  /** The cloud object that later steps go on with, and the outputs that name it. */
  makes?: {
    kind: CloudObject['kind'];
    /** Gets its id. */
    id: { output: string; description: string };
    /** Gets its name. */
    name: { output: string; description: string };
  };
  /** @param requester - ref of the person who runs the template */
  toWish(input: InputOf<T>, requester: string): DirectWish;
}

/** Makes one of the actions that are named after what a request makes. */
export function createDirectAction<T extends Inputs>(
  options: ActionOptions,
  definition: DirectActionDefinition<T>,
) {
  const { id, ensures, examples, inputs, makes, toWish } = definition;
  return createTemplateAction({
    id,
    description: `${ensures} ${HOW_IT_ENDS}`,
    examples,
    supportsDryRun: true,
    schema: {
      input: { ...directInputs, ...optional(inputs) },
      output: {
        ...requestOutputs,
        ...(makes && outputs([makes.id, makes.name])),
      },
    },
    async handler(ctx) {
      const input = ctx.input as InputOf<T>;
      const run = await RequestRun.begin(options, ctx, getDirectField);
      const { report, request } = await runDirectAction(
        run,
        input,
        toWish(input, run.requester),
        ctx.isDryRun,
      );
      writeRequestOutputs(ctx, report);
      if (!makes) return;
      const named = input.name as string | undefined;
      const found = findCloudObjects(request, makes.kind, named);
      // Later steps go on with it: it is certain, or nothing but tried.
      if (found.length !== 1 && !ctx.isDryRun) {
        throw new InputError(whyNotOne(report, found));
      }
      const made =
        found.length === 1
          ? found[0]
          : { id: 'dry-run', name: named ?? 'dry-run' };
      const task = ctx as { output(name: string, value: string): void };
      task.output(makes.id.output, made.id);
      task.output(makes.name.output, made.name);
    },
  });
}

function whyNotOne({ number }: RequestReport, found: CloudObject[]): string {
  return found.length === 0
    ? `requestId: access request ${number} names nothing that it made and that this step could go on with.`
    : `name: access request ${number} makes several, ${found
        .map(({ name }) => name)
        .join(', ')}; give the name of the one that is meant.`;
}

type Fields = Record<string, (z: Zod) => any>;

function optional(inputs: Inputs): Fields {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, toType]) => [
      name,
      (z: Zod) => toType(z).optional(),
    ]),
  );
}

function outputs(
  described: Array<{ output: string; description: string }>,
): Fields {
  return Object.fromEntries(
    described.map(({ output, description }) => [
      output,
      (z: Zod) => z.string().describe(description),
    ]),
  );
}
