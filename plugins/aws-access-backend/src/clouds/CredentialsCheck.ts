import { randomUUID } from 'node:crypto';
import {
  accountOfCredentials,
  OrganizationConfig,
} from '../config/AwsAccessConfig';
import { AwsReads } from './AwsCloud';
import { CloudError } from './CloudError';
import { EntraReads } from './EntraCloud';
import { readCertificate } from './entra/readCertificate';
import { isDenied } from './unlessDenied';

/** In which account AWS credentials act. */
export type AwsCallerAccount = 'management' | 'delegated' | 'unknown';

/** What was found out of the credentials of an organization. */
export interface CredentialsReport {
  checkedAt: string;
  aws: {
    account: AwsCallerAccount;
    /** Null = AWS takes them. */
    problem: CloudError | null;
    /** Since when there is a problem, as far as this process has seen it. */
    since: string | null;
  };
  entra: {
    /** When the certificate ends; null = another kind, or unreadable. */
    expiresAt: string | null;
    problem: CloudError | null;
    since: string | null;
  };
}

type CheckedAws = Pick<
  AwsReads,
  | 'describeInstance'
  | 'listAssignmentsOfPrincipal'
  | 'listDelegatedAdministratorIds'
>;
type CheckedEntra = Pick<EntraReads, 'describeTenant'>;

/**
 * Looks now and then whether both clouds take an organization's credentials, and
 * what they can do. Each replica looks for itself: files, environment and network
 * are its own.
 */
export class CredentialsCheck {
  readonly #config: OrganizationConfig;
  readonly #aws: CheckedAws;
  readonly #entra: CheckedEntra;
  #latest: CredentialsReport | undefined;
  #running: Promise<CredentialsReport> | undefined;

  constructor(options: {
    config: OrganizationConfig;
    aws: CheckedAws;
    entra: CheckedEntra;
  }) {
    this.#config = options.config;
    this.#aws = options.aws;
    this.#entra = options.entra;
  }

  /** Undefined before the first look has ended. */
  latest(): CredentialsReport | undefined {
    return this.#latest;
  }

  /** Never throws; a look that is under way is not begun again. */
  look(): Promise<CredentialsReport> {
    this.#running ??= this.#look().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #look(): Promise<CredentialsReport> {
    const before = this.#latest;
    const [aws, entra] = await Promise.all([
      this.#lookAtAws(),
      this.#lookAtEntra(),
    ]);
    const checkedAt = new Date().toISOString();
    const sinceOf = (
      problem: CloudError | null,
      former: { since: string | null } | undefined,
    ) => (problem ? former?.since ?? checkedAt : null);
    this.#latest = {
      checkedAt,
      aws: { ...aws, since: sinceOf(aws.problem, before?.aws) },
      entra: { ...entra, since: sinceOf(entra.problem, before?.entra) },
    };
    return this.#latest;
  }

  async #lookAtAws() {
    try {
      const { managementAccountId } = await this.#aws.describeInstance();
      return {
        account: await this.#findAccount(managementAccountId),
        problem: null,
      };
    } catch (error) {
      return {
        account: this.#latest?.aws.account ?? ('unknown' as const),
        problem: error as CloudError,
      };
    }
  }

  async #findAccount(managementAccountId: string): Promise<AwsCallerAccount> {
    const configured = accountOfCredentials(this.#config.aws.credentials);
    if (configured) {
      return configured === managementAccountId ? 'management' : 'delegated';
    }
    // AWS answers this to the management account alone; nobody has this id.
    const asked = this.#aws.listAssignmentsOfPrincipal('USER', randomUUID());
    try {
      await asked[Symbol.asyncIterator]().next();
      return 'management';
    } catch (error) {
      if (error instanceof CloudError && error.kind === 'notFound') {
        return 'management';
      }
      if (!isDenied(error)) throw error;
    }
    // A role of the management account may lack just this right, so that where
    // nobody is a delegated administrator it must be one.
    const delegated = await this.#aws.listDelegatedAdministratorIds();
    return delegated && delegated.length > 0 ? 'delegated' : 'unknown';
  }

  async #lookAtEntra() {
    const { credentials } = this.#config.entra;
    let expiresAt: string | null = null;
    try {
      if (credentials.type === 'certificate') {
        ({ expiresAt } = await readCertificate(
          credentials.certificatePath,
          credentials.certificatePassword,
        ));
      }
      await this.#entra.describeTenant();
      return { expiresAt, problem: null };
    } catch (error) {
      return { expiresAt, problem: error as CloudError };
    }
  }
}
