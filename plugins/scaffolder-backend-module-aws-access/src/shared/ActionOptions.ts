import type { AwsAccessService } from 'backstage-plugin-aws-access-node';

/** What every action of the module is made with. */
export interface ActionOptions {
  awsAccess: AwsAccessService;
  /** `app.baseUrl`, where the links to requests lead. */
  portalUrl: string;
  /**
   * How long a direct action waits, at most, for what needs no person any more.
   * See `awsAccess.templates.waitSeconds`.
   */
  waitSeconds: number;
  /** Resolves after some milliseconds, or rejects when the task is cancelled. */
  pause?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}
