import {
  INVENTORY_PARTS,
  InventoryPart,
} from 'backstage-plugin-aws-access-common';
import { RefreshProgress } from './RefreshStore';

/** Parts are read side by side; the page shows the first that is not finished. */
export class PartsProgress {
  readonly #parts = new Map<InventoryPart, RefreshProgress>();

  report(progress: RefreshProgress): void {
    this.#parts.set(progress.part, progress);
  }

  finished(part: InventoryPart): void {
    this.#parts.delete(part);
  }

  current(): RefreshProgress | null {
    const part = INVENTORY_PARTS.find(name => this.#parts.has(name));
    return (part && this.#parts.get(part)) ?? null;
  }
}
