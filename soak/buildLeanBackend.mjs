import { build } from 'esbuild';
import { inRepository } from '../scripts/lib/repository.mjs';

/**
 * Puts the sources of the lean backend into one file, so that each of hundreds of
 * starts takes half a second instead of several. What comes from elsewhere stays
 * where it is.
 *
 * @returns the file
 */
export async function buildLeanBackend() {
  const plugin = name => inRepository(`plugins/aws-access-${name}`);
  // Below the package, because that is where its dependencies are looked for.
  const outfile = `${plugin(
    'backend',
  )}/node_modules/.cache/soak/leanBackendProcess-${process.pid}.cjs`;
  await build({
    entryPoints: [`${plugin('backend')}/src/testing/leanBackendProcess.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
    alias: {
      'backstage-plugin-aws-access-common': `${plugin('common')}/src/index.ts`,
      'backstage-plugin-aws-access-node': `${plugin('node')}/src/index.ts`,
      // Only what the example company is; its clouds are another process.
      'backstage-plugin-aws-access-sandbox': `${plugin(
        'sandbox',
      )}/src/seed/index.ts`,
    },
  });
  return outfile;
}
