const NETWORK_CODES = new Set([
  'EADDRNOTAVAIL',
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** `AbortError` is how the AWS SDK names it when our own time for an answer is over. */
const TIMEOUT_NAMES = new Set(['TimeoutError', 'AbortError']);

/**
 * The system's code when a call failed before an answer came, looked for along
 * the chain of causes: `fetch` hides it behind a TypeError.
 */
export function networkErrorCode(error: unknown): string | undefined {
  for (
    let current: any = error, depth = 0;
    current && depth < 5;
    current = current.cause ?? current.errors?.[0], depth++
  ) {
    if (NETWORK_CODES.has(current.code)) return current.code;
    if (TIMEOUT_NAMES.has(current.name)) return current.name;
  }
  return undefined;
}
