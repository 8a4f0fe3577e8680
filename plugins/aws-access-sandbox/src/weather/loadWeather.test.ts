import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListPermissionSetsCommand } from '@aws-sdk/client-sso-admin';
import { startSandbox } from '../server/startSandbox';
import { awsClients, wideLimits } from '../testing/awsClients';
import { graphClient } from '../testing/graphClient';
import { InstanceArn } from '../testing/SsoAdminDriver';
import { loadWeather } from './loadWeather';
import { WEATHER_PRESETS, type WeatherPresetName } from './presets';

describe('loadWeather', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-weather-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  const file = async (content: string) => {
    const path = join(folder, 'weather.json');
    await writeFile(path, content);
    return path;
  };

  it('knows the presets, files and documents', async () => {
    expect(loadWeather('calm')).toEqual({
      name: 'calm',
      seed: 1,
      limits: {},
      rules: [],
    });
    const path = await file(
      '{"seed":5,"rules":[{"fault":{"type":"drop"},"probability":0.5}]}',
    );
    const loaded = loadWeather(path);
    expect(loaded).toEqual({
      name: 'custom',
      seed: 5,
      limits: {},
      rules: [
        {
          match: {},
          probability: 0.5,
          skip: 0,
          fault: { type: 'drop', when: 'before' },
        },
      ],
    });
    expect(loadWeather(loaded)).toEqual(loaded);
  });

  it('says what is wrong', async () => {
    expect(() => loadWeather('sunny')).toThrow(
      'There is no weather "sunny": give calm, ordinary-tuesday, storm or the path of a JSON file',
    );
    const notJson = await file('{');
    expect(() => loadWeather(notJson)).toThrow('is not JSON');
    expect(() =>
      loadWeather({ rules: [{ fault: { type: 'drop' }, probability: 2 }] }),
    ).toThrow(/is not a weather:[\s\S]*rules\[0\]\.probability/);
    const misspelt = await file('{"rules":[{"fault":{"typ":"drop"}}]}');
    expect(() => loadWeather(misspelt)).toThrow('rules[0].fault');
  });

  it.each(Object.keys(WEATHER_PRESETS) as WeatherPresetName[])(
    'lets a client that retries through %s',
    async preset => {
      const sandbox = await startSandbox({
        limits: wideLimits,
        weather: preset,
      });
      // The same luck without the waiting.
      const { rules, ...weather } = sandbox.weather.document();
      sandbox.weather.set({
        ...weather,
        rules: rules.filter(({ fault }) => fault.type !== 'latency'),
        limits: {},
      });
      const retried = async <T>(call: () => Promise<T>) => {
        for (let attempt = 1; ; attempt++) {
          try {
            return await call();
          } catch (error) {
            if (attempt === 20) {
              throw error;
            }
          }
        }
      };
      try {
        for (let number = 0; number < 10; number++) {
          await retried(() =>
            awsClients(sandbox.url).ssoAdmin.send(
              new ListPermissionSetsCommand({ InstanceArn }),
            ),
          );
          await retried(() => graphClient(sandbox.url).api('/groups').get());
        }
        expect(sandbox.weather.events().length > 0).toBe(preset !== 'calm');
      } finally {
        await sandbox.stop();
      }
    },
  );

  it('can be changed over HTTP, to presets and documents but not to files', async () => {
    const sandbox = await startSandbox();
    const url = `${sandbox.url}/sandbox/admin/weather`;
    const put = async (body: unknown) => {
      const response = await fetch(url, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
      return [response.status, await response.json()];
    };
    try {
      await expect(put({ preset: 'storm' })).resolves.toMatchObject([
        200,
        { weather: { name: 'storm', seed: 3 } },
      ]);
      await expect(
        put({ rules: [{ fault: { type: 'throttle' } }] }),
      ).resolves.toMatchObject([200, { weather: { name: 'custom' } }]);
      await awsClients(sandbox.url)
        .ssoAdmin.send(new ListPermissionSetsCommand({ InstanceArn }))
        .catch(() => undefined);
      const seen = await (await fetch(url)).json();
      expect(seen).toMatchObject({
        presets: ['calm', 'ordinary-tuesday', 'storm'],
        events: [
          {
            rule: '1',
            fault: 'throttle',
            operation: 'ListPermissionSets',
            at: expect.stringMatching(/Z$/),
          },
        ],
      });
      for (const wrong of [{ preset: '/etc/passwd' }, { rules: 'none' }]) {
        await expect(put(wrong)).resolves.toMatchObject([
          400,
          { error: { message: expect.any(String) } },
        ]);
      }
    } finally {
      await sandbox.stop();
    }
  });
});
