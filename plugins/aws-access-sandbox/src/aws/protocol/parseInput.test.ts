import { z } from 'zod';
import { parseInput } from './parseInput';

const schema = z.object({
  Name: z.string().min(1),
  Tags: z.array(z.object({ Key: z.string() })).optional(),
});

describe('parseInput', () => {
  it('takes null for nothing, and leaves unknown members out', () => {
    expect(
      parseInput(schema, '{"Name":"a","Tags":null,"New":{"in":["2027"]}}'),
    ).toEqual({ input: { Name: 'a' } });
    expect(parseInput(schema, '{"Name":null}')).toMatchObject({
      problems: [{ reason: 'INPUT_REQUIRED' }],
    });
    expect(parseInput(z.object({}), '')).toEqual({ input: {} });
  });

  it.each([
    '{',
    '[]',
    'null',
    '{"Name":1}',
    '{"Name":"a","Tags":[{"Key":{}}]}',
    `{"Name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  ])('does not try to understand %.40s', body => {
    expect(() => parseInput(schema, body)).toThrow(
      expect.objectContaining({ code: 'SerializationException' }),
    );
  });
});
