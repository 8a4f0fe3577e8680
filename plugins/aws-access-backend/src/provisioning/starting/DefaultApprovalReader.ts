import { ApproverResolver } from '../../approvals/ApproverResolver';
import { PersonDirectory } from '../../people/PersonDirectory';
import { RememberingPersonDirectory } from '../../people/RememberingPersonDirectory';
import { RequiredStage } from '../../policy/PolicyOutcome';
import { RequestLoader } from '../../requests/reading/RequestLoader';
import { RequestRow } from '../../requests/stores/RequestStore';
import { ApprovalReader, Approvals } from './whyNotApproved';

/** Asks the database and the catalog, as a decision does. */
export class DefaultApprovalReader implements ApprovalReader {
  readonly #loader: RequestLoader;
  readonly #approvers: ApproverResolver;
  readonly #directory: PersonDirectory;

  constructor(options: {
    loader: RequestLoader;
    approvers: ApproverResolver;
    directory: PersonDirectory;
  }) {
    this.#loader = options.loader;
    this.#approvers = options.approvers;
    this.#directory = options.directory;
  }

  async read(request: RequestRow, stages: RequiredStage[]): Promise<Approvals> {
    const directory = new RememberingPersonDirectory(this.#directory);
    const { beneficiaries, decisions, waiting } = await this.#loader.load(
      request,
      directory,
    );
    return {
      decisions,
      stages: await this.#approvers.resolve(stages, {
        organizationId: request.organizationId,
        requesterRef: request.requesterRef,
        teamRef: request.teamRef,
        beneficiaries,
        directory,
        waiting,
      }),
    };
  }
}
