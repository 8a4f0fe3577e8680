import type { SandboxContext } from '../../server/SandboxContext';

/** What the emulated services of Entra need of the sandbox. */
export type EntraContext = Pick<SandboxContext, 'store' | 'clock'> &
  Partial<Pick<SandboxContext, 'weather'>>;

/** The application behind a bearer token, and the person who uses it where there is one. */
export type GraphCaller = {
  servicePrincipalId: string;
  userId: string | null;
  permissions: ReadonlySet<string>;
};

/** One request, from the network or from inside a batch. */
export type GraphCall = {
  context: EntraContext;
  method: string;
  /** Path below the version, still percent-encoded. */
  path: string;
  /** The named parts of the route, decoded. */
  parameters: Record<string, string>;
  query: URLSearchParams;
  /** With names in lower case. */
  headers: Record<string, string | undefined>;
  body: unknown;
  caller: GraphCaller;
  /** Scheme, host and version, as absolute links in answers need it. */
  serviceRoot: string;
};

/** What goes back. A missing body is an empty one. */
export type GraphAnswer = {
  status: number;
  body?: Record<string, unknown> | string;
  headers?: Record<string, string>;
};

/** One operation of the API. */
export type GraphRoute = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With named parts in braces, such as `/groups/{id}/members`. */
  path: string;
  /**
   * Any one of these application permissions lets the caller in. An empty list
   * leaves the decision to the handler, for rules that look at the object.
   */
  permissions: readonly string[];
  handle(call: GraphCall): GraphAnswer;
};
