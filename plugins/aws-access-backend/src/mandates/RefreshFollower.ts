import { RefreshStore } from '../inventory/RefreshStore';

/**
 * Says when a refresh of the inventory has finished, on whichever replica it
 * ran: what goes by the inventory need not wait for its own next look.
 */
export class RefreshFollower {
  readonly #refreshes: Pick<RefreshStore, 'get'>;
  readonly #organizationIds: string[];
  readonly #onFinished: (organizationId: string) => void;
  readonly #seen = new Map<string, string | null>();

  constructor(options: {
    refreshes: Pick<RefreshStore, 'get'>;
    organizationIds: string[];
    onFinished: (organizationId: string) => void;
  }) {
    this.#refreshes = options.refreshes;
    this.#organizationIds = options.organizationIds;
    this.#onFinished = options.onFinished;
  }

  async look(): Promise<void> {
    for (const id of this.#organizationIds) {
      const { finishedAt } = await this.#refreshes.get(id);
      const isNews = this.#seen.has(id) && this.#seen.get(id) !== finishedAt;
      this.#seen.set(id, finishedAt);
      if (isNews) this.#onFinished(id);
    }
  }
}
