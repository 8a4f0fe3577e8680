import { GraphCall } from './GraphCall';
import { graphUnits } from './graphUnits';
import { toBatchBody } from './readsTogether';

/** The HTTP request that carries a write out. */
export interface GraphWriteRequest {
  method: 'POST' | 'PATCH' | 'DELETE';
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** One HTTP request to Graph, and what it is. */
export interface GraphSending {
  method: 'GET' | GraphWriteRequest['method'];
  path: string;
  call: GraphCall;
  /** As CloudError names it. */
  operation: string;
  /** Of how many resource units it takes the place. */
  units: number;
  request?: Pick<GraphWriteRequest, 'headers' | 'body'>;
}

/** A read by itself. */
export function toRead(path: string): GraphSending {
  return {
    method: 'GET',
    path,
    call: new GraphCall(),
    operation: readOperation(path),
    units: graphUnits('GET', path),
  };
}

/** Reads in one call. */
export function toBatch(paths: string[]): GraphSending {
  return {
    method: 'POST',
    path: '/$batch',
    call: new GraphCall(),
    operation: 'graph:GET $batch',
    // The batch is free, what is in it is not.
    units: paths.reduce((sum, path) => sum + graphUnits('GET', path), 0),
    request: { body: toBatchBody(paths) },
  };
}

/** How errors name a read. */
export function readOperation(path: string): string {
  return `graph:GET ${path.split('?')[0]}`;
}
