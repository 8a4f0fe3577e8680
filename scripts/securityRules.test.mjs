import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { inRepository } from './lib/repository.mjs';

/** Names of tests that say which rule they are of, by rule. */
function testsOfRules() {
  const names = new Map();
  const folders = [inRepository('plugins'), inRepository('e2e-tests')];
  for (const folder of folders) {
    for (const file of readdirSync(folder, { recursive: true })) {
      if (/node_modules/.test(file) || !/\.test\.tsx?$/.test(file)) continue;
      const text = readFileSync(join(folder, file), 'utf8');
      for (const [, rule, name] of text.matchAll(
        /['"`]security rule (\d+)(?::|,) ([^'"`]+)['"`]/g,
      )) {
        names.set(rule, [...(names.get(rule) ?? []), name]);
      }
    }
  }
  return names;
}

test('the tests that docs/security.md names exist, under their rule', () => {
  const existing = testsOfRules();
  const rows = readFileSync(inRepository('docs/security.md'), 'utf8')
    .split('\n')
    .map(line => line.split('|').map(cell => cell.trim()))
    .filter(cells => /^\d+$/.test(cells[1] ?? ''));
  assert.ok(rows.length > 25);
  for (const [, rule, , , testedBy] of rows) {
    for (const [, name] of testedBy.matchAll(/`([^`]+)`/g)) {
      assert.ok(
        existing.get(rule)?.includes(name),
        `No test is named 'security rule ${rule}: ${name}'`,
      );
    }
  }
});
