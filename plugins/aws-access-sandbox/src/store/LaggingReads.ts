import type { SandboxClock } from '../clock/SandboxClock';
import type { SandboxStore } from './SandboxStore';

/**
 * Eventual consistency: answers reads from the state before the latest writes.
 *
 * The first write after a quiet time pins the state as it was; until that copy is older than the lag, reads that have
 * to be stale are answered from it, whatever has been written since.
 */
export class LaggingReads {
  private pinned?: { readonly store: SandboxStore; readonly at: number };

  constructor(
    private readonly store: SandboxStore,
    private readonly clock: SandboxClock,
  ) {}

  /**
   * Has to be called before every write.
   * @param lagMs - the longest lag that a read may have; 0 for none
   */
  beforeWrite(lagMs: number): void {
    const now = this.clock.now();
    if (this.pinned && this.pinned.at + lagMs > now) {
      return;
    }
    if (this.pinned) {
      this.store.unpin(this.pinned.store);
    }
    this.pinned = lagMs > 0 ? { store: this.store.pin(), at: now } : undefined;
  }

  /**
   * Runs synchronous work that reads the state as it was up to this many milliseconds ago.
   */
  read(lagMs: number, work: () => void): void {
    if (this.pinned && this.pinned.at + lagMs > this.clock.now()) {
      this.store.readFrom(this.pinned.store, work);
    } else {
      work();
    }
  }
}
