import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { digestOf } from '../digest/digestOf';

/** A template that may follow, or why it may not. */
export type FoundTemplate =
  | { contentDigest: string }
  | { message: string; fix: string };

/** Which templates may follow a request, and what they contain now. */
export class FollowUpTemplates {
  readonly #allowed: readonly string[];
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  /** @param options.allowed - refs from the configuration; empty = off */
  constructor(options: {
    allowed: readonly string[];
    catalog: CatalogService;
    auth: AuthService;
  }) {
    this.#allowed = options.allowed;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  async find(ref: string): Promise<FoundTemplate> {
    if (!this.#allowed.includes(ref)) {
      return {
        message: `${ref} may not follow a request.`,
        fix:
          this.#allowed.length > 0
            ? `Name one of: ${this.#allowed.join(', ')}.`
            : 'Leave followUp out: no template is listed in awsAccess.followUps.templates.',
      };
    }
    const template = await this.#catalog.getEntityByRef(ref, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    if (!template) {
      return {
        message: `The catalog has no ${ref}.`,
        fix: 'Register the template, or name another.',
      };
    }
    const { apiVersion, kind, spec } = template;
    return {
      contentDigest: digestOf({ apiVersion, kind, ref, spec: spec ?? null }),
    };
  }
}
