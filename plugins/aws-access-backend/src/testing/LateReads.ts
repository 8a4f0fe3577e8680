import { CloudError } from '../clouds/CloudError';
import { CloudsProvider } from '../clouds/OrganizationClouds';

/** What reads answer of an object that the cloud does not show yet. */
const NOTHING: Record<string, () => unknown> = {
  describePermissionSet: missing,
  getPermissionSetMarks: missing,
  getGroup: async () => undefined,
  findGroupByUniqueName: async () => undefined,
  listMembers: noPage,
  listAssignments: noPage,
};

/**
 * Reads that are late while a test says so, as those of a cloud of which one
 * server has not heard yet what was written a moment ago.
 */
export class LateReads {
  /** Set by the test. */
  areLate = false;
  readonly #answers: Record<string, () => unknown>;

  /** @param answers - what methods of the clouds answer while they are late */
  constructor(answers: Record<string, () => unknown>) {
    this.#answers = answers;
  }

  /** Of what was made since. */
  static showingNothing(...methods: string[]): LateReads {
    return new LateReads(
      Object.fromEntries(methods.map(method => [method, NOTHING[method]])),
    );
  }

  clouds(provider: CloudsProvider): CloudsProvider {
    return {
      forOrganization: id => {
        const { aws, entra, gate } = provider.forOrganization(id);
        return { aws: this.#wrap(aws), entra: this.#wrap(entra), gate };
      },
    };
  }

  #wrap<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, name) => {
        const value = (target as any)[name];
        if (typeof value !== 'function') return value;
        const late = this.areLate && this.#answers[String(name)];
        return late || value.bind(target);
      },
    });
  }
}

async function missing(): Promise<never> {
  throw new CloudError({
    kind: 'notFound',
    cloud: 'aws',
    operation: 'read',
    code: 'ResourceNotFoundException',
    cloudMessage: '',
    plainWords: 'It is not there',
  });
}

async function* noPage() {
  yield [];
}
