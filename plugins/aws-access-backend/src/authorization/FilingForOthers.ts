import { NotAllowedError } from '@backstage/errors';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { Caller } from './Viewer';

type Rules = NonNullable<AwsAccessConfig['policy']['onBehalfOf']>;

/**
 * Who may file a request for somebody else. Nobody, unless the configuration
 * names them: it shows what the other person has, and asks in their name.
 */
export class FilingForOthers {
  readonly #rules: Rules;

  /** @param rules - left out: nobody may */
  constructor(rules: Rules = []) {
    this.#rules = rules;
  }

  /** Whether some rule names the caller; for whom, is asked of each request. */
  async mayForSomebody(caller: Caller): Promise<boolean> {
    const filers: string[] = this.#rules.flatMap(rule => rule.filers);
    if ([caller.userRef, ...caller.teams].some(ref => filers.includes(ref))) {
      return true;
    }
    return (
      filers.includes('teamLeads') &&
      (await caller.directory.findLedTeams(caller.userRef)).length > 0
    );
  }

  /**
   * @throws NotAllowedError when the caller may not file for the user; in the
   *   same words whether the catalog has that user
   */
  async demand(userRef: string | undefined, caller: Caller): Promise<void> {
    if (userRef === undefined || userRef === caller.userRef) return;
    const person = await caller.directory.findPerson(userRef);
    const led = await caller.directory.findLedTeams(caller.userRef);
    const isAllowed =
      person !== undefined &&
      this.#rules.some(rule => {
        const ledOf = rule.filers.includes('teamLeads')
          ? person.teams.filter(team => led.includes(team))
          : [];
        const isFiler =
          ledOf.length > 0 ||
          [caller.userRef, ...caller.teams].some(ref =>
            (rule.filers as string[]).includes(ref),
          );
        return (
          isFiler &&
          (rule.for === undefined ||
            [userRef, ...person.teams].some(ref => rule.for!.includes(ref)))
        );
      });
    if (!isAllowed) {
      throw new NotAllowedError(
        `You may not file requests for ${userRef}. Who may file for whom is said by your portal administrator under awsAccess.policy.onBehalfOf.`,
      );
    }
  }
}
