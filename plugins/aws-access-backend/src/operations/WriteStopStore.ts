import { WriteStop, WriteStopKind } from 'backstage-plugin-aws-access-common';

/** Which writes are stopped, until when, and why. */
export interface WriteStopStore {
  /** Stops that hold now, by the database's time; the stricter first. */
  listLive(organizationId: string): Promise<WriteStop[]>;
  /** Stops, or replaces a stop of the same kind. */
  stop(
    organizationId: string,
    stop: {
      kind: WriteStopKind;
      reason: string;
      stoppedBy: string;
      seconds: number;
    },
  ): Promise<WriteStop>;
  /** @returns false when nothing of the kind was stopped */
  resume(organizationId: string, kind: WriteStopKind): Promise<boolean>;
  /**
   * Stops that have ended by themselves and of which nobody heard, noted as told
   * with this.
   */
  takeEnded(organizationId: string): Promise<WriteStop[]>;
}
