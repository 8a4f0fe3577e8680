import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { WEATHER_PRESETS, type WeatherPresetName } from './presets';
import {
  type WeatherDocument,
  weatherDocumentSchema,
  type WeatherInput,
} from './WeatherDocument';

/**
 * Reads a weather: the name of a preset, the path of a JSON file, or a document.
 *
 * @throws Error that says what is wrong and where, for a file that is missing or is not a weather
 */
export function loadWeather(weather: string | WeatherInput): WeatherDocument {
  if (typeof weather !== 'string') {
    return readWeather(weather);
  }
  if (Object.hasOwn(WEATHER_PRESETS, weather)) {
    return weatherDocumentSchema.parse(
      WEATHER_PRESETS[weather as WeatherPresetName],
    );
  }
  let text: string;
  try {
    text = readFileSync(weather, 'utf8');
  } catch {
    throw new Error(
      `There is no weather "${weather}": give ${Object.keys(
        WEATHER_PRESETS,
      ).join(', ')} or the path of a JSON file`,
    );
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new Error(`${weather} is not JSON: ${(error as Error).message}`);
  }
  return readWeather(document, weather);
}

/**
 * Reads a weather that is neither a preset nor a file, whoever sent it.
 *
 * @param name - what to call it when it is none
 * @throws Error that says what is wrong and where
 */
export function readWeather(
  document: unknown,
  name: string = 'The weather',
): WeatherDocument {
  const parsed = weatherDocumentSchema.safeParse(document);
  if (!parsed.success) {
    throw new Error(
      `${name} is not a weather:\n${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}
