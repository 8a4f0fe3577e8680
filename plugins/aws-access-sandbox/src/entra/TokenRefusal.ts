import { randomUUID } from 'crypto';

/** Entra's refusal at its token endpoint, whose body is not Graph's. */
export class TokenRefusal extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly code: number,
    description: string,
  ) {
    super(`AADSTS${code}: ${description}`);
  }

  toBody() {
    return {
      error: this.error,
      error_description: this.message,
      error_codes: [this.code],
      trace_id: randomUUID(),
      correlation_id: randomUUID(),
    };
  }
}
