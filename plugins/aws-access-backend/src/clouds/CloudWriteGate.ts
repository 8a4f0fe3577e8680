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
 * The one way to a cloud write (security rule 19). A client in `clouds/` sends
 * nothing but reads unless it can redeem a seal for exactly the operation and
 * input it is about to send; a seal is made only after the database confirmed
 * the authorization, and is good for one write.
 */
export class CloudWriteGate {
  readonly #verifier: WriteAuthorizationVerifier;
  readonly #sealed = new WeakMap<SealedWrite, string>();

  constructor(verifier: WriteAuthorizationVerifier) {
    this.#verifier = verifier;
  }

  /** @throws NotAllowedError when the write is not authorized. */
  async authorize(claim: WriteClaim, write: CloudWrite): Promise<SealedWrite> {
    const inputDigest = digestOf(write.input);
    await this.#verifier.verify(claim, { ...write, inputDigest });
    const seal: SealedWrite = Object.freeze({ operation: write.operation });
    this.#sealed.set(seal, `${write.operation} ${inputDigest}`);
    return seal;
  }

  /**
   * Spends a seal for the write that is about to be sent.
   *
   * @throws Error when there is no seal, when it was spent, or when it is for
   *   another operation or input. This is a defect or an attack, so the message
   *   names the operation and nothing of the input.
   */
  redeem(seal: SealedWrite | undefined, write: CloudWrite): void {
    const allowed = seal && this.#sealed.get(seal);
    if (seal) this.#sealed.delete(seal);
    if (allowed !== `${write.operation} ${digestOf(write.input)}`) {
      throw new Error(
        `Refused to send ${write.operation}: it carries no authorization for exactly this operation and input`,
      );
    }
  }
}
