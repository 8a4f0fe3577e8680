import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { inRepository } from './lib/repository.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');

const backend = inRepository('plugins/aws-access-backend');
const { z } = require('zod');

const {
  awsAccessConfigSchema,
} = require(`${backend}/src/config/AwsAccessConfig.ts`);

/** Names that say that a value must never be shown. */
const SECRET = /secret|password|token$|integrityKey/i;
/** These only have such a name. */
const NOT_SECRET = new Set(['tokenFilePath']);

/** Every key that the schema parses, as `organizations.*.aws.region`. */
function keysOfSchema() {
  const { $defs = {}, ...root } = z.toJSONSchema(awsAccessConfigSchema, {
    io: 'input',
    unrepresentable: 'any',
  });
  const keys = new Set();
  const visit = (node, path) => {
    if (node.$ref) {
      visit($defs[node.$ref.replace('#/$defs/', '')], path);
      return;
    }
    for (const one of [
      ...(node.anyOf ?? []),
      ...(node.oneOf ?? []),
      ...(node.allOf ?? []),
    ]) {
      visit(one, path);
    }
    for (const [name, value] of Object.entries(node.properties ?? {})) {
      keys.add([...path, name].join('.'));
      visit(value, [...path, name]);
    }
    if (node.items) visit(node.items, [...path, '[]']);
    if (typeof node.additionalProperties === 'object') {
      visit(node.additionalProperties, [...path, '*']);
    }
  };
  visit(root, []);
  return keys;
}

/** Every key that a config.d.ts declares, with the visibility that it gives. */
function keysOfDeclaration(file) {
  const source = ts.createSourceFile(
    file,
    ts.sys.readFile(file),
    ts.ScriptTarget.Latest,
    true,
  );
  const keys = new Map();
  const visit = (node, path) => {
    if (ts.isPropertySignature(node)) {
      const own = [...path, node.name.getText(source)];
      const visibility = ts
        .getJSDocTags(node)
        .filter(({ tagName }) => /visibility$/i.test(tagName.text))
        .map(({ comment }) => comment)[0];
      keys.set(own.join('.'), visibility ?? 'backend');
      visit(node.type, own);
    } else if (ts.isIndexSignatureDeclaration(node)) {
      visit(node.type, [...path, '*']);
    } else if (ts.isArrayTypeNode(node)) {
      visit(node.elementType, [...path, '[]']);
    } else if (
      ts.isTypeReferenceNode(node) &&
      node.typeName.getText(source) === 'Array'
    ) {
      visit(node.typeArguments[0], [...path, '[]']);
    } else {
      ts.forEachChild(node, child => visit(child, path));
    }
  };
  visit(source, []);
  return keys;
}

/** What is declared of the plugin itself. */
function keysOfPlugin() {
  return new Map(
    [...keysOfDeclaration(`${backend}/config.d.ts`)]
      .filter(([key]) => key !== 'awsAccess')
      .map(([key, visibility]) => [
        key.replace(/^awsAccess\./, ''),
        visibility,
      ]),
  );
}

describe('config.d.ts', () => {
  const parsed = keysOfSchema();
  const declared = keysOfPlugin();

  it('is read at all', () => {
    assert.ok(parsed.has('organizations.*.entra.credentials.certificatePath'));
    assert.ok(declared.has('policy.rules.[].require.[].alternates.after'));
  });

  it('declares every key that the plugin parses', () => {
    assert.deepEqual(
      [...parsed].filter(key => !declared.has(key)),
      [],
    );
  });

  it('declares no key that the plugin refuses', () => {
    assert.deepEqual(
      [...declared.keys()].filter(key => !parsed.has(key)),
      [],
    );
  });

  it('makes secrets secret, and nothing public', () => {
    for (const [key, visibility] of declared) {
      const name = key.split('.').at(-1);
      const expected =
        SECRET.test(name) && !NOT_SECRET.has(name) ? 'secret' : 'backend';
      assert.equal(visibility, expected, key);
    }
  });
});

describe('config.d.ts of the search module', () => {
  const search = inRepository('plugins/search-backend-module-aws-access');
  const declared = keysOfDeclaration(`${search}/config.d.ts`);

  it('declares exactly what the module reads, and nothing public', () => {
    const module = ts.sys.readFile(`${search}/src/module.ts`);
    const read = [...module.matchAll(/'(search\.[\w.]+)'/g)].map(
      ([, key]) => key,
    );
    const keys = [...declared.keys()];
    const ends = keys.filter(
      key => !keys.some(other => other.startsWith(`${key}.`)),
    );
    assert.deepEqual(ends, ['search.collators.awsAccess.schedule']);
    assert.deepEqual(read, ends);
    assert.deepEqual([...new Set(declared.values())], ['backend']);
  });
});
