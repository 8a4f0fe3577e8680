import {
  DescribeOrganizationalUnitCommand,
  ListParentsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { OrganizationalUnit } from '../AwsCloud';
import { GatedAwsClient } from './GatedAwsClient';

/** OUs nest five deep (AWS's quota); more means that the answers are wrong. */
const MAXIMUM_DEPTH = 10;

/**
 * Where accounts are in the tree. Thousands of accounts share a few dozen
 * units, so units are kept until `forget`; where an account is never is.
 */
export class OrganizationalUnits {
  readonly #client: GatedAwsClient<OrganizationsClient>;
  #names = new Map<string, Promise<string>>();
  #parents = new Map<string, Promise<string>>();

  constructor(client: GatedAwsClient<OrganizationsClient>) {
    this.#client = client;
  }

  /** Starts a new picture of the tree. */
  forget(): void {
    this.#names = new Map();
    this.#parents = new Map();
  }

  /** The units from the root down to the account; the root itself is none. */
  async pathOf(accountId: string): Promise<OrganizationalUnit[]> {
    const ids: string[] = [];
    let parent = await this.#readParent(accountId);
    while (parent.startsWith('ou-') && ids.length < MAXIMUM_DEPTH) {
      ids.unshift(parent);
      parent = await kept(this.#parents, parent, id => this.#readParent(id));
    }
    return this.#named(ids);
  }

  /**
   * The same from `Account.Paths`, where AWS sends it: no walk is needed then.
   *
   * @param path - e.g. `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/111122223333/`
   */
  pathFrom(path: string): Promise<OrganizationalUnit[]> {
    return this.#named(
      path.split('/').filter(segment => segment.startsWith('ou-')),
    );
  }

  #named(ids: string[]): Promise<OrganizationalUnit[]> {
    return Promise.all(
      ids.map(async id => ({
        id,
        name: await kept(this.#names, id, unit => this.#readName(unit)),
      })),
    );
  }

  async #readParent(childId: string): Promise<string> {
    const { Parents } = await this.#client.read(client =>
      client.send(new ListParentsCommand({ ChildId: childId })),
    );
    return Parents?.[0]?.Id ?? '';
  }

  async #readName(id: string): Promise<string> {
    const { OrganizationalUnit: unit } = await this.#client.read(client =>
      client.send(
        new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: id }),
      ),
    );
    return unit?.Name ?? id;
  }
}

/** Asks once for each key, also when many ask at the same time; a failure is not kept. */
function kept(
  known: Map<string, Promise<string>>,
  key: string,
  read: (key: string) => Promise<string>,
): Promise<string> {
  const found = known.get(key);
  if (found) return found;
  const reading = read(key);
  known.set(key, reading);
  reading.catch(() => known.delete(key));
  return reading;
}
