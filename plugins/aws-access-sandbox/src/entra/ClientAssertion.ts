import { constants, createVerify, KeyLike } from 'crypto';
import { z } from 'zod';
import { TokenRefusal } from './TokenRefusal';

const Header = z.object({
  alg: z.enum(['RS256', 'PS256']),
  x5t: z.string().optional(),
  'x5t#S256': z.string().optional(),
});

const Claims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
});

/** Entra lets clocks differ by five minutes. */
const CLOCK_SKEW_SECONDS = 300;

/** A signed JSON Web Token with which an application proves who it is. */
export class ClientAssertion {
  readonly header: z.output<typeof Header>;
  readonly claims: z.output<typeof Claims>;
  private readonly signed: string;
  private readonly signature: Buffer;

  /** @throws TokenRefusal when it is no such token */
  constructor(text: string) {
    const parts = text.split('.');
    const header = Header.safeParse(decode(parts[0]));
    const claims = Claims.safeParse(decode(parts[1]));
    if (parts.length !== 3 || !header.success || !claims.success) {
      throw new TokenRefusal(
        401,
        'invalid_client',
        50027,
        'JWT token is invalid or malformed.',
      );
    }
    this.header = header.data;
    this.claims = claims.data;
    this.signed = `${parts[0]}.${parts[1]}`;
    this.signature = Buffer.from(parts[2], 'base64url');
  }

  isSignedBy(key: KeyLike): boolean {
    return createVerify('sha256')
      .update(this.signed)
      .verify(
        this.header.alg === 'PS256'
          ? {
              key: key as string,
              padding: constants.RSA_PKCS1_PSS_PADDING,
              saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
            }
          : { key: key as string },
        this.signature,
      );
  }

  /**
   * Its times are those of the machine it was made on, not of the sandbox's clock,
   * which may be ahead.
   *
   * @throws TokenRefusal when it is not valid now
   */
  demandValidNow(): void {
    const now = Date.now() / 1000;
    const { exp, nbf } = this.claims;
    if (
      exp < now - CLOCK_SKEW_SECONDS ||
      (nbf !== undefined && nbf > now + CLOCK_SKEW_SECONDS)
    ) {
      throw new TokenRefusal(
        401,
        'invalid_client',
        700024,
        'Client assertion is not within its valid time range.',
      );
    }
  }
}

function decode(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
