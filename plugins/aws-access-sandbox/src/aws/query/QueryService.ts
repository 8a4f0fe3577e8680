import type { SandboxContext } from '../../server/SandboxContext';
import type { AwsCaller } from '../protocol/callers';
import type { XmlValue } from '../protocol/xml';

/** What an action of the query protocol may use besides its parameters. */
export interface QueryCall {
  readonly context: SandboxContext;
  readonly caller: AwsCaller;
  /** The form's fields. */
  readonly parameters: Record<string, string>;
}

/** A service that still speaks the query protocol: a form with an `Action`, answered in XML. */
export interface QueryService {
  readonly name: 'sts' | 'iam';
  /** The `Version` by which its requests are told from the other service's. */
  readonly version: string;
  /** Actions by name; each returns the content of its result. */
  readonly actions: Readonly<
    Record<string, (call: QueryCall) => { [name: string]: XmlValue }>
  >;
}
