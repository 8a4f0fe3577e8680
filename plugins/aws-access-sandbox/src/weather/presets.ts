import type { WeatherInput } from './WeatherDocument';

/**
 * The weathers that come with the sandbox.
 * @public
 */
export type WeatherPresetName = 'calm' | 'ordinary-tuesday' | 'storm';

/**
 * - `calm`: only what the clouds do by themselves.
 * - `ordinary-tuesday`: slow at times, others use the shared rate, writes need a moment to spread, an answer is lost
 *   now and then. A client that passes here is ready for production.
 * - `storm`: all of it at once and often, with failing operations. Nothing gets through at the first attempt.
 */
export const WEATHER_PRESETS: Record<WeatherPresetName, WeatherInput> = {
  calm: { name: 'calm' },
  'ordinary-tuesday': {
    name: 'ordinary-tuesday',
    seed: 2,
    rules: [
      {
        name: 'the way to the cloud',
        fault: { type: 'latency', minimumMs: 5, maximumMs: 60 },
      },
      {
        name: 'console and Terraform use the same rate',
        match: { cloud: 'aws', service: 'sso-admin' },
        probability: 0.03,
        fault: { type: 'throttle' },
      },
      {
        name: 'not spread yet',
        match: { cloud: 'aws', access: 'write' },
        probability: 0.3,
        fault: { type: 'conflict', withinMs: 1500 },
      },
      {
        name: 'empty pages of Organizations',
        match: { cloud: 'aws', service: 'organizations', operation: 'List*' },
        probability: 0.1,
        fault: { type: 'shortPage', atMost: 0 },
      },
      {
        name: 'short pages',
        match: { cloud: 'aws', operation: 'List*' },
        probability: 0.1,
        fault: { type: 'shortPage', atMost: 3 },
      },
      {
        name: 'read before it has spread',
        match: { access: 'read' },
        probability: 0.1,
        fault: { type: 'staleRead', ms: 1500 },
      },
      {
        name: 'Graph is busy',
        match: { cloud: 'graph' },
        probability: 0.02,
        fault: { type: 'throttle', retryAfterSeconds: 1 },
      },
      {
        name: 'a server is replaced',
        probability: 0.005,
        fault: { type: 'error', status: 503 },
      },
      {
        name: 'an answer is lost',
        probability: 0.005,
        fault: { type: 'drop', when: 'after' },
      },
    ],
  },
  storm: {
    name: 'storm',
    seed: 3,
    limits: {
      ssoAdminRequestsPerSecond: 10,
      outstandingAssignmentOperations: 5,
    },
    rules: [
      {
        name: 'the way to the cloud',
        fault: { type: 'latency', minimumMs: 20, maximumMs: 400 },
      },
      {
        name: 'slow operations',
        match: { cloud: 'aws', access: 'write' },
        probability: 0.3,
        fault: { type: 'slowOperation', ms: 5000 },
      },
      {
        name: 'failing operations',
        match: { cloud: 'aws', access: 'write' },
        probability: 0.1,
        fault: { type: 'failOperation' },
      },
      {
        name: 'read before it has spread',
        match: { access: 'read' },
        probability: 0.4,
        fault: { type: 'staleRead', ms: 5000 },
      },
      {
        name: 'empty pages',
        match: { cloud: 'aws', operation: 'List*' },
        probability: 0.2,
        fault: { type: 'shortPage', atMost: 0 },
      },
      {
        name: 'short pages',
        match: { cloud: 'aws', operation: 'List*' },
        probability: 0.4,
        fault: { type: 'shortPage', atMost: 2 },
      },
      {
        name: 'not spread yet',
        match: { cloud: 'aws', access: 'write' },
        probability: 0.8,
        fault: { type: 'conflict', withinMs: 4000 },
      },
      {
        name: 'too many requests',
        probability: 0.2,
        fault: { type: 'throttle', retryAfterSeconds: 2 },
      },
      {
        name: 'servers fail',
        probability: 0.05,
        fault: { type: 'error', status: 500 },
      },
      {
        name: 'servers fail after the effect',
        match: { access: 'write' },
        probability: 0.05,
        fault: { type: 'error', status: 504, when: 'after' },
      },
      {
        name: 'requests are lost',
        probability: 0.03,
        fault: { type: 'drop', when: 'before' },
      },
      {
        name: 'answers are lost',
        probability: 0.05,
        fault: { type: 'drop', when: 'after' },
      },
    ],
  },
};
