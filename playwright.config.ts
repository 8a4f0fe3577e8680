import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/lib/findChromium.mjs';

export default defineConfig({
  testDir: 'e2e-tests',
  globalSetup: './e2e-tests/startDemo.ts',
  outputDir: 'node_modules/.cache/e2e-test-results',
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
    ? [['list'], ['json']]
    : [['list']],
  forbidOnly: Boolean(process.env.CI),
  // The tests of one run share one demo, and change what is in it.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 30_000 },
  use: {
    // Set by the global setup, which chooses a free port.
    baseURL: process.env.AWS_ACCESS_E2E_PORTAL_URL,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: findChromium(),
      args: [
        // Chromium's sandbox needs privileges that containers do not give.
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
