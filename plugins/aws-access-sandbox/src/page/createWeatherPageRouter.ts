import { Router } from 'express';
import type { SandboxWeather } from '../weather';
import { loadWeather, readWeather } from '../weather/loadWeather';
import { WEATHER_PRESETS } from '../weather/presets';
import { sendPage } from './sendPage';
import { weatherPage } from './weatherPage';

/** The weather for people: one of the presets, or one of their own. */
export function createWeatherPageRouter(weather: SandboxWeather): Router {
  const router = Router();
  router.get('/', (_request, response) => {
    sendPage(response, weatherPage(weather));
  });
  router.post('/', ({ body }, response) => {
    const { preset, document } = body;
    const text = String(document ?? '');
    try {
      // A name is a preset and never a file: nobody reads this machine's files through a port.
      weather.set(
        typeof preset === 'string' && Object.hasOwn(WEATHER_PRESETS, preset)
          ? loadWeather(preset)
          : readWeather(JSON.parse(text)),
      );
    } catch (error) {
      response.status(400);
      sendPage(
        response,
        weatherPage(weather, { text, reason: (error as Error).message }),
      );
      return;
    }
    response.redirect(303, '/sandbox/weather');
  });
  return router;
}
