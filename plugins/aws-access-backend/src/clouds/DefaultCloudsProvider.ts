import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AwsAccessConfig, OrganizationConfig } from '../config/AwsAccessConfig';
import {
  AwsLimiters,
  createAwsClients,
  createAwsLimiters,
} from './aws/createAwsClients';
import { AwsServiceName } from './aws/GatedAwsClient';
import { DefaultAwsCloud } from './aws/DefaultAwsCloud';
import { KnownIssuers } from './aws/IdentityStore';
import { CloudWriteGate, WriteAuthorizationVerifier } from './CloudWriteGate';
import { CredentialsCheck } from './CredentialsCheck';
import { createTokenSource } from './entra/createTokenSource';
import { DefaultEntraCloud } from './entra/DefaultEntraCloud';
import { GatedGraphClient } from './entra/GatedGraphClient';
import { CloudsProvider, OrganizationClouds } from './OrganizationClouds';
import { CallPace, CallPurpose, RequestLimiter } from './RequestLimiter';

/**
 * A small tenant has 3,500 resource units in ten seconds for an application; a
 * third of them stays for other replicas, which nobody here sees.
 */
const GRAPH_UNITS_PER_SECOND = 240;
const GRAPH_CONCURRENCY = 8;

/** A call that a cloud refused because it got more than it takes. */
export interface Throttling {
  organizationId: string;
  service: AwsServiceName | 'graph';
}

/** How calls of this process to the clouds of an organization go. */
export interface ThrottlingReport {
  /** Since when it counts, ISO-8601, by the clock of this process. */
  since: string;
  services: Array<{ service: Throttling['service'] } & CallPace>;
}

interface Shared {
  gate: CloudWriteGate;
  awsLimiters: AwsLimiters;
  graphLimiter: RequestLimiter;
  issuers: KnownIssuers;
  getToken: () => Promise<string>;
  byPurpose: Map<CallPurpose, OrganizationClouds>;
  credentials?: CredentialsCheck;
}

/**
 * Makes the clients of every configured organization at first use. The clients
 * of one organization share its gate and limiters, whatever they are used for;
 * those for provisioning go first.
 */
export class DefaultCloudsProvider implements CloudsProvider {
  readonly #config: AwsAccessConfig;
  readonly #verifier: WriteAuthorizationVerifier;
  readonly #graphUnitsPerSecond: number;
  readonly #onThrottled: (throttling: Throttling) => void;
  readonly #sealMs: number | undefined;
  readonly #organizations = new Map<string, Shared>();
  readonly #since = new Date().toISOString();

  constructor(options: {
    config: AwsAccessConfig;
    verifier: WriteAuthorizationVerifier;
    /** Another rate than the cloud allows, for emulators. */
    graphUnitsPerSecond?: number;
    /** See CloudWriteGate. */
    sealMs?: number;
    /** Told of every call that a cloud refused for the rate of calls. */
    onThrottled?: (throttling: Throttling) => void;
  }) {
    this.#config = options.config;
    this.#verifier = options.verifier;
    this.#sealMs = options.sealMs;
    this.#onThrottled = options.onThrottled ?? (() => {});
    this.#graphUnitsPerSecond =
      options.graphUnitsPerSecond ?? GRAPH_UNITS_PER_SECOND;
  }

  /** @throws NotFoundError when no such organization is configured. */
  forOrganization(
    organizationId: string,
    purpose: CallPurpose = 'provisioning',
  ): OrganizationClouds {
    const shared = this.#shared(organizationId);
    let clouds = shared.byPurpose.get(purpose);
    if (!clouds) {
      clouds = this.#create(organizationId, shared, purpose);
      shared.byPurpose.set(purpose, clouds);
    }
    return clouds;
  }

  /**
   * What is found out of the credentials of an organization.
   *
   * @throws NotFoundError when no such organization is configured.
   */
  credentialsOf(organizationId: string): CredentialsCheck {
    const shared = this.#shared(organizationId);
    shared.credentials ??= new CredentialsCheck({
      ...this.forOrganization(organizationId, 'inventory'),
      config: this.#config.organizations[organizationId],
    });
    return shared.credentials;
  }

  /**
   * How the calls of this process to the clouds of an organization go; other
   * replicas know their own.
   *
   * @throws NotFoundError when no such organization is configured.
   */
  throttlingOf(organizationId: string): ThrottlingReport {
    const { awsLimiters, graphLimiter } = this.#shared(organizationId);
    const limiters = Object.entries({ ...awsLimiters, graph: graphLimiter });
    return {
      since: this.#since,
      services: limiters.map(([service, { pace }]) => ({
        service: service as Throttling['service'],
        ...pace,
      })),
    };
  }

  #shared(organizationId: string): Shared {
    const known = this.#organizations.get(organizationId);
    if (known) return known;
    if (!Object.hasOwn(this.#config.organizations, organizationId)) {
      throw new NotFoundError(
        `No organization '${organizationId}' is configured`,
      );
    }
    const config = this.#config.organizations[organizationId];
    const shared: Shared = {
      gate: new CloudWriteGate(
        config.writes === 'on'
          ? only(organizationId, this.#verifier)
          : nothing(config.writes),
        this.#sealMs,
      ),
      awsLimiters: createAwsLimiters(config.limits, service =>
        this.#onThrottled({ organizationId, service }),
      ),
      graphLimiter: new RequestLimiter({
        requestsPerSecond: this.#graphUnitsPerSecond,
        concurrency: GRAPH_CONCURRENCY,
        onThrottled: () =>
          this.#onThrottled({ organizationId, service: 'graph' }),
      }),
      issuers: new KnownIssuers(),
      getToken: createTokenSource(config.entra),
      byPurpose: new Map(),
    };
    this.#organizations.set(organizationId, shared);
    return shared;
  }

  #create(
    organizationId: string,
    shared: Shared,
    purpose: CallPurpose,
  ): OrganizationClouds {
    const config = this.#config.organizations[organizationId];
    const { gate } = shared;
    return {
      gate,
      callerAccount: () => shared.credentials?.latest()?.aws.account,
      aws: new DefaultAwsCloud(
        createAwsClients({
          config: config.aws,
          gate,
          limiters: shared.awsLimiters,
          purpose,
        }),
        shared.issuers,
      ),
      entra: new DefaultEntraCloud({
        graph: new GatedGraphClient({
          graphUrl: config.entra.graphUrl,
          getToken: shared.getToken,
          gate,
          limiter: shared.graphLimiter,
          purpose,
        }),
        applicationId: config.entra.enterpriseApplicationId,
        servicePrincipalId: config.entra.servicePrincipalId,
      }),
    };
  }
}

/** Where writes are not on, no record in the database opens the gate. */
function nothing(
  writes: OrganizationConfig['writes'],
): WriteAuthorizationVerifier {
  return {
    verify: async (_, { operation }) => {
      throw new NotAllowedError(
        `${operation} is not authorized: the organization has writes: ${writes}`,
      );
    },
  };
}

/** An authorization of one organization opens no other organization's gate. */
function only(
  organizationId: string,
  verifier: WriteAuthorizationVerifier,
): WriteAuthorizationVerifier {
  return {
    async verify(claim, write) {
      if (claim.organizationId !== organizationId) {
        throw new NotAllowedError(
          `The write belongs to the organization '${claim.organizationId}', not to '${organizationId}'`,
        );
      }
      await verifier.verify(claim, write);
    },
  };
}
