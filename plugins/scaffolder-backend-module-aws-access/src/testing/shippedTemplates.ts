import { Entity } from '@backstage/catalog-model';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

const TEMPLATES = resolve(__dirname, '../../../../examples/templates');

/** The software templates that ship, as the catalog has them. */
export function shippedTemplates(): Array<Entity & { spec: any }> {
  return readdirSync(TEMPLATES).map(folder => {
    const file = resolve(TEMPLATES, folder, 'template.yaml');
    const template = parse(readFileSync(file, 'utf8'));
    template.metadata.annotations = {
      'backstage.io/managed-by-location': `file:${file}`,
    };
    return template;
  });
}
