import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ESLint } from 'eslint';
import { inRepository, root } from './lib/repository.mjs';

const eslint = new ESLint({ cwd: root });

/** Whether a file of this text at this place breaks a layer rule. */
async function isRefused(file, text) {
  const [{ messages }] = await eslint.lintText(`${text}\n`, {
    filePath: inRepository('plugins', file),
  });
  const fatal = messages.find(message => message.fatal);
  assert.equal(fatal, undefined, fatal?.message);
  return messages.some(
    ({ ruleId, severity }) =>
      ruleId === 'no-restricted-syntax' && severity === 2,
  );
}

const rules = [
  {
    rule: 'cloud SDKs are imported in clouds/ only',
    imports: [
      "import { SSOAdminClient } from '@aws-sdk/client-sso-admin';",
      "import type { Group } from '@aws-sdk/client-identitystore';",
      "export * from '@smithy/node-http-handler';",
      "export { ClientSecretCredential } from '@azure/identity';",
      "import { Client } from '@microsoft/microsoft-graph-client';",
      "export const load = () => import('@aws-sdk/client-organizations');",
      "export type Input = import('@aws-sdk/client-sso-admin').Tag;",
      "export const sdk = require('@aws-sdk/client-sts');",
    ],
    refused: [
      'aws-access-backend/src/plugin.ts',
      'aws-access-backend/src/provisioning/Worker.ts',
      'aws-access-backend/src/router/createRouter.ts',
      'aws-access-backend/src/inventory/DatabaseInventoryStore.ts',
    ],
    allowed: [
      'aws-access-backend/src/clouds/aws/SsoAdmin.ts',
      'aws-access-backend/src/provisioning/Worker.test.ts',
    ],
  },
  {
    rule: 'knex is imported in Database* files and database/ only',
    imports: [
      "import { Knex } from 'knex';",
      "import type { Knex } from 'knex';",
      "import types from 'knex/types/tables';",
    ],
    refused: [
      'aws-access-backend/src/plugin.ts',
      'aws-access-backend/src/requests/DefaultRequestService.ts',
      'aws-access-backend/src/clouds/Limiter.ts',
      'aws-access-backend/src/router/createRouter.ts',
    ],
    allowed: [
      'aws-access-backend/src/requests/DatabaseRequestStore.ts',
      'aws-access-backend/src/database/migrate.ts',
      'aws-access-backend/src/requests/DatabaseRequestStore.test.ts',
    ],
  },
  {
    rule: 'express is imported in router/ only',
    imports: [
      "import express from 'express';",
      "import Router from 'express-promise-router';",
    ],
    refused: [
      'aws-access-backend/src/plugin.ts',
      'aws-access-backend/src/requests/DefaultRequestService.ts',
      'aws-access-backend/src/database/migrate.ts',
    ],
    allowed: [
      'aws-access-backend/src/router/createRouter.ts',
      'aws-access-backend/src/router/createRouter.test.ts',
    ],
  },
  {
    rule: 'template actions and search do not import the backend',
    imports: [
      "import plugin from 'backstage-plugin-aws-access-backend';",
      "export * from 'backstage-plugin-aws-access-backend/src/plan';",
    ],
    refused: [
      'scaffolder-backend-module-aws-access/src/module.ts',
      'search-backend-module-aws-access/src/module.ts',
    ],
    allowed: [
      'scaffolder-backend-module-aws-access/src/module.test.ts',
      'search-backend-module-aws-access/src/module.test.ts',
    ],
  },
  {
    rule: 'the legacy frontend API is imported by the legacy entry and the routes only',
    imports: [
      "import { useApi } from '@backstage/core-plugin-api';",
      "import { useTranslationRef } from '@backstage/core-plugin-api/alpha';",
    ],
    refused: [
      'aws-access/src/plugin.tsx',
      'aws-access/src/pages/MyAccessPage.tsx',
    ],
    allowed: [
      'aws-access/src/legacy.ts',
      'aws-access/src/legacy/LegacyPages.tsx',
      'aws-access/src/routes.ts',
      'aws-access/src/legacy.test.tsx',
    ],
  },
  {
    rule: 'nothing but tests imports the sandbox',
    imports: [
      "import { startSandbox } from 'backstage-plugin-aws-access-sandbox';",
      "export const load = () => import('backstage-plugin-aws-access-sandbox');",
    ],
    refused: [
      'aws-access/src/plugin.tsx',
      'aws-access/src/legacy.ts',
      'aws-access-backend/src/plugin.ts',
      'aws-access-backend/src/clouds/aws/SsoAdmin.ts',
      'aws-access-common/src/index.ts',
      'aws-access-node/src/index.ts',
      'scaffolder-backend-module-aws-access/src/module.ts',
      'search-backend-module-aws-access/src/module.ts',
    ],
    allowed: [
      'aws-access-backend/src/plugin.test.ts',
      'aws-access-common/src/client.test.ts',
      'aws-access/src/plugin.test.tsx',
    ],
  },
];

describe('layer rules', () => {
  for (const { rule, imports, refused, allowed } of rules) {
    it(rule, async () => {
      for (const text of imports) {
        for (const file of refused) {
          assert.equal(await isRefused(file, text), true, `${file}: ${text}`);
        }
        for (const file of allowed) {
          assert.equal(await isRefused(file, text), false, `${file}: ${text}`);
        }
      }
    });
  }

  it('leaves other packages with similar names alone', async () => {
    const file = 'aws-access-backend/src/plugin.ts';
    for (const text of [
      "import x from 'knexish';",
      "import x from 'express-rate-limit';",
      "import { clouds } from './clouds';",
    ]) {
      assert.equal(await isRefused(file, text), false, text);
    }
  });
});
