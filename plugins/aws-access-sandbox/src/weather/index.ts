export { SandboxWeather } from './SandboxWeather';
export type { WeatherEvent } from './SandboxWeather';
export { WEATHER_PRESETS } from './presets';
export type { WeatherPresetName } from './presets';
export { weatherDocumentSchema } from './WeatherDocument';
export type { WeatherDocument, WeatherInput } from './WeatherDocument';
export type { WeatherConditions } from './WeatherConditions';
export type { WeatherRequest } from './WeatherRequest';
