import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { SandboxContext } from '../server/SandboxContext';
import { LaggingReads } from '../store/LaggingReads';
import { type AnsweredRefusal, answerRefusal } from './answerRefusal';
import type { WeatherConditions } from './WeatherConditions';
import { describeRequest, type WeatherRequest } from './WeatherRequest';

/**
 * Lets the weather meet every AWS and Graph request, before it is handled and when it is answered.
 *
 * Nothing in the sandbox has a timer: what is due happens just before somebody looks, and that is here.
 *
 * It has to stand behind the recorder, which is to see what the client sees, and before everything that has an effect.
 * What the handlers have to know themselves, such as the size of a page, is in {@link conditionsOf}.
 *
 * @param settle - does what is due by now
 */
export function createWeatherMiddleware(
  context: SandboxContext,
  settle: () => void,
): RequestHandler {
  const { weather, clock, store } = context;
  const laggingReads = new LaggingReads(store, clock);
  return (request, response, next) => {
    const about = describeRequest(request);
    if (!about) {
      settle();
      next();
      return;
    }
    const conditions = weather.meet(about);
    response.locals.weather = conditions;
    afterLatency(response, conditions.latencyMs, () =>
      pass({ request, response, next, about, conditions }),
    );
  };

  function pass(meeting: {
    request: Request;
    response: Response;
    next: NextFunction;
    about: WeatherRequest;
    conditions: WeatherConditions;
  }): void {
    const { request, response, next, about, conditions } = meeting;
    const { refusal } = conditions;
    if (refusal?.type === 'drop') {
      if (refusal.when === 'before') {
        request.socket.destroy();
        return;
      }
      replaceAnswer(response, () => request.socket.destroy());
    } else if (refusal) {
      const answer = () =>
        answerRefusal(request, response, about, refusal, clock.now());
      if (!strikesAfter(refusal)) {
        answer();
        return;
      }
      replaceAnswer(response, answer);
    }
    settle();
    if (about.access === 'read' && conditions.staleMs !== undefined) {
      laggingReads.read(conditions.staleMs, next);
      return;
    }
    if (about.access === 'write') {
      laggingReads.beforeWrite(weather.longestLagMs());
    }
    next();
  }
}

/** What the weather decided for the request of this response. */
export function conditionsOf(response: Response): WeatherConditions {
  return response.locals.weather ?? {};
}

function strikesAfter(refusal: AnsweredRefusal): boolean {
  return refusal.type === 'error' && refusal.when === 'after';
}

function afterLatency(
  response: Response,
  latencyMs: number | undefined,
  work: () => void,
): void {
  if (!latencyMs) {
    work();
    return;
  }
  const timer = setTimeout(work, latencyMs);
  // Whoever waited may be gone by then; after the answer there is nothing left to stop.
  response.once('close', () => clearTimeout(timer));
}

/** Lets the request have its effect and throws its answer away. */
function replaceAnswer(response: Response, instead: () => void): void {
  const { write, end } = response;
  response.write = (() => true) as typeof response.write;
  response.end = ((..._answer: unknown[]) => {
    response.write = write;
    response.end = end;
    for (const name of response.getHeaderNames()) {
      response.removeHeader(name);
    }
    instead();
    return response;
  }) as typeof response.end;
}
