import {
  HeldMandate,
  OrganizationOperations,
  TroubledRequest,
} from 'backstage-plugin-aws-access-common';

/** What is waiting, running, stuck and late in an organization. */
export interface OperationsStore {
  /**
   * The claim that is live now.
   *
   * @param owner - who asks: it is told whether the claim is its own
   */
  getWorker(
    organizationId: string,
    owner?: string,
  ): Promise<OrganizationOperations['worker']>;
  countQueue(organizationId: string): Promise<OrganizationOperations['queue']>;
  /** Stuck requests, the longest stuck first. */
  listStuck(organizationId: string, limit: number): Promise<TroubledRequest[]>;
  /** Mandates that wait for an operator, those of the oldest request first. */
  listHeld(organizationId: string, limit: number): Promise<HeldMandate[]>;
  /**
   * Requests that still hold access past their end, or after it was taken back;
   * `endsAt` is when it should have ended. The longest overdue first.
   */
  listOverdue(
    organizationId: string,
    limit: number,
  ): Promise<TroubledRequest[]>;
}
