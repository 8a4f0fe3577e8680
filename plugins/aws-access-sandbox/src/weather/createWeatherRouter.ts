import express, { type Response, Router } from 'express';
import type { SandboxContext } from '../server/SandboxContext';
import { loadWeather } from './loadWeather';
import { WEATHER_PRESETS } from './presets';

/**
 * The weather as JSON, for tests and demos: `GET /` looks at it and at the faults there were, `PUT /` changes it to a
 * preset (`{"preset": "storm"}`) or to a weather of one's own.
 */
export function createWeatherRouter({ weather }: SandboxContext): Router {
  const router = Router();
  router.use(express.json());

  const answer = (response: Response) =>
    response.json({
      weather: weather.document(),
      presets: Object.keys(WEATHER_PRESETS),
      events: weather.events().map(({ at, ...event }) => ({
        at: new Date(at).toISOString(),
        ...event,
      })),
    });

  router.get('/', (_request, response) => {
    answer(response);
  });

  router.put('/', (request, response) => {
    const { preset } = request.body ?? {};
    try {
      // Only the command line names files: nobody reads this machine's files through a port.
      if (preset !== undefined && !Object.hasOwn(WEATHER_PRESETS, preset)) {
        throw new Error(
          `There is no weather "${preset}": choose ${Object.keys(
            WEATHER_PRESETS,
          ).join(', ')}`,
        );
      }
      weather.set(loadWeather(preset ?? request.body));
    } catch (error) {
      response
        .status(400)
        .json({ error: { message: (error as Error).message } });
      return;
    }
    answer(response);
  });

  return router;
}
