import { digestOf } from '../digest/digestOf';

/** A write that is about to be sent: the operation and its exact input. */
export interface CloudWrite {
  /** e.g. `sso-admin:CreateAccountAssignment` or `graph:POST /groups/{id}/members/$ref`. */
  operation: string;
  /** Everything that the call sends, path parameters included. */
  input: unknown;
}

/** Which recorded intent a write claims to carry out. */
export interface WriteClaim {
  organizationId: string;
  intentId: string;
  /** The epoch of the caller's claim on the organization. */
  epoch: number;
}

/**
 * Says whether an intent is recorded, under a live authorization, for exactly
 * this operation and input, by the holder of the organization's claim. The
 * database answers; see provisioning/.
 */
export interface WriteAuthorizationVerifier {
  /** @throws NotAllowedError when the write is not authorized. */
  verify(
    claim: WriteClaim,
    write: CloudWrite & { inputDigest: string },
  ): Promise<void>;
}

/**
 * Proof that the gate let one write through. Nothing but the gate can make one
 * that `redeem` accepts.
 */
export interface SealedWrite {
  readonly operation: string;
}

/**
 * Asks the gate for the seal of one write. A client calls it when the write's
 * turn has come, as the last thing before it is sent: whatever ended the write
 * while it waited is heard (security rules 21 and 22).
 */
export type Sealing = () => Promise<SealedWrite>;

/**
 * How old the database's word may be when the write leaves. Far less than the
 * time after which others no longer expect a write (`settleMs`).
 */
const SEAL_MS = 5_000;

/** The seal was right and is too old: somebody must ask the database again. */
export class SealTooOldError extends Error {}

/**
 * The one way to a cloud write (security rule 19). A client in `clouds/` sends
 * nothing but reads unless it can redeem a seal for exactly the operation and
 * input it is about to send; a seal is made only after the database confirmed
 * the authorization, and is good for one write within seconds.
 */
export class CloudWriteGate {
  readonly #verifier: WriteAuthorizationVerifier;
  readonly #sealMs: number;
  readonly #sealed = new WeakMap<
    SealedWrite,
    { write: string; askedAt: number }
  >();

  /** @param sealMs - how old a seal may be; longer only where a test holds a write up */
  constructor(verifier: WriteAuthorizationVerifier, sealMs = SEAL_MS) {
    this.#verifier = verifier;
    this.#sealMs = sealMs;
  }

  /** @throws NotAllowedError when the write is not authorized. */
  async authorize(claim: WriteClaim, write: CloudWrite): Promise<SealedWrite> {
    const inputDigest = digestOf(write.input);
    const askedAt = performance.now();
    await this.#verifier.verify(claim, { ...write, inputDigest });
    const seal: SealedWrite = Object.freeze({ operation: write.operation });
    this.#sealed.set(seal, {
      write: `${write.operation} ${inputDigest}`,
      askedAt,
    });
    return seal;
  }

  /**
   * Spends a seal for the write that is about to be sent.
   *
   * @throws Error when there is no seal, when it was spent, or when it is for
   *   another operation or input. This is a defect or an attack, so the message
   *   names the operation and nothing of the input.
   * @throws SealTooOldError when the authorization was confirmed too long ago
   */
  redeem(seal: SealedWrite | undefined, write: CloudWrite): void {
    const allowed = seal && this.#sealed.get(seal);
    if (seal) this.#sealed.delete(seal);
    if (allowed?.write !== `${write.operation} ${digestOf(write.input)}`) {
      throw new Error(
        `Refused to send ${write.operation}: it carries no authorization for exactly this operation and input`,
      );
    }
    if (performance.now() - allowed.askedAt > this.#sealMs) {
      throw new SealTooOldError(
        `${write.operation} was not sent in time after it had been authorized`,
      );
    }
  }
}
