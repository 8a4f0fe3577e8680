import { StageConfig } from '../config/stageSchema';

/** A stage that the policy asks for, merged over all atoms. */
export interface RequiredStage {
  id: string;
  name: string;
  approvers: StageConfig['approvers'];
  count: number;
  /** It opens when all stages of smaller numbers are full. Default: 1. */
  order?: number;
  /** Who may decide as well, once the plan has waited for so long (ISO-8601). */
  alternates?: NonNullable<StageConfig['alternates']>;
  /** Accounts whose owners `accountOwner` stands for in this stage. */
  accountIds: string[];
  /** Names of the rules that asked for it. */
  because: string[];
}

/** What the requester must write. */
export interface TextDemand {
  field: 'justification' | 'ticket';
  /** RE2; null = anything will do. */
  pattern: string | null;
  /** What to write, in the words of the configuration. */
  hint: string | null;
  /** Names of the rules that ask for it. */
  because: string[];
}

/** What the policy says of a plan. */
export interface PolicyOutcome {
  /** Digest of the rules that were evaluated. */
  rulesDigest: string;
  stages: RequiredStage[];
  /** Messages of the rules that deny; any denies the request. */
  denials: string[];
  /** Shortest maximum over all atoms, ISO-8601; null = none. */
  maxDuration: string | null;
  maxDurationBecause: string[];
  /**
   * Shortest over all atoms of what a request may last with its extensions,
   * ISO-8601; null = none. Left out in old plans.
   */
  maxTotal?: string | null;
  maxTotalBecause?: string[];
  /**
   * The same for what one person may have one access for, whichever requests
   * give it: only rules that say so (`maxTotal`).
   */
  maxHeld?: string | null;
  maxHeldBecause?: string[];
  /** Looked at when a request is filed; default: none. */
  demands?: TextDemand[];
  /** Every atom definitely matches a rule with autoApprove, and nothing asks. */
  autoApproved: boolean;
}
