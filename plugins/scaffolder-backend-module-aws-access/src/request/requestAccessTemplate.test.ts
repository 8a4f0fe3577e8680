import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { readAccessRequest } from 'backstage-plugin-aws-access-common';

const template = parse(
  readFileSync(
    resolve(
      __dirname,
      '../../../../examples/templates/request-access/template.yaml',
    ),
    'utf8',
  ),
);

/** Parameters as the fields of the form fill them in. */
const parameters: Record<string, unknown> = {
  team: 'group:default/payments',
  for: ['user:default/ben'],
  accounts: ['111122223333'],
  permissionSet:
    'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0123456789abcdef',
  duration: 'standing',
  justification: 'We run this account',
  ticket: undefined,
  preview: null,
};

describe('the template Request AWS access', () => {
  it('asks for what its one step needs', () => {
    const [{ properties, required }] = template.spec.parameters;
    expect(Object.keys(properties)).toEqual(Object.keys(parameters));
    expect(template.spec.steps).toHaveLength(1);

    const [step] = template.spec.steps;
    expect(step.action).toBe('aws-access:request:create');
    const input: any = Object.fromEntries(
      Object.entries<string>(step.input).map(([name, expression]) => [
        name,
        parameters[/^\$\{\{ parameters\.(\w+) \}\}$/.exec(expression)![1]],
      ]),
    );

    expect(readAccessRequest(input, 'user:default/ana')).toMatchObject({
      team: 'group:default/payments',
      duration: null,
      changes: [
        { members: { kind: 'people', people: ['user:default/ben'] } },
        { accounts: { accountIds: ['111122223333'] } },
      ],
    });
    for (const name of required) {
      expect(() =>
        readAccessRequest({ ...input, [name]: '' }, 'user:default/ana'),
      ).toThrow(new RegExp(`^${name}`));
    }
  });
});
