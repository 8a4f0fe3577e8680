/** An answer that is not a success. */
export class ApiError extends Error {
  constructor(status, text) {
    super(`${status} ${messageOf(text)}`);
    this.status = status;
  }

  /** The backend was killed, or could not reach what it needs: worth another call. */
  get mayPass() {
    return this.status === 0 || this.status >= 500 || this.status === 429;
  }
}

/**
 * One call of the plugin's HTTP API as a person of the example company.
 *
 * @param backends - replicas; any that is up will do
 * @throws ApiError
 */
export async function callApi(backends, person, method, path, body) {
  const up = backends.filter(({ isReady }) => isReady);
  if (up.length === 0) throw new ApiError(0, 'No backend is up');
  const backend = up[Math.floor(performance.now()) % up.length];
  let response;
  let text;
  try {
    const token = await backend.tokenOf(person);
    response = await fetch(`${backend.url}/api/aws-access${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    text = await response.text();
  } catch (error) {
    throw new ApiError(0, `${error.cause?.code ?? error}`);
  }
  if (!response.ok) throw new ApiError(response.status, text);
  return JSON.parse(text);
}

function messageOf(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return text.slice(0, 300);
  }
}
