import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inRepository } from '../scripts/lib/repository.mjs';

const { parseAllDocuments } = createRequire(import.meta.url)('yaml');

/** Names of all people of the example company's catalog. */
export function readEverybody() {
  const folder = inRepository('examples/org');
  return readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .flatMap(file =>
      parseAllDocuments(readFileSync(`${folder}/${file}`, 'utf8')),
    )
    .map(document => document.toJS())
    .filter(entity => entity?.kind === 'User')
    .map(({ metadata }) => metadata.name);
}
