import { ConfigApi } from '@backstage/frontend-plugin-api';

/** Somebody of the example company whom a visitor may be. */
export type DemoPerson = {
  /** The full ref in the catalog, such as `user:default/ana`. */
  entityRef: string;
  name: string;
  /** One sentence about what this person is there to show. */
  about: string;
};

/** The people in `auth.providers.demo.people`, in their order. */
export function readDemoPeople(config: ConfigApi): DemoPerson[] {
  const people = config.getOptionalConfigArray('auth.providers.demo.people');
  return (people ?? []).map(person => ({
    entityRef: person.getString('entityRef'),
    name: person.getString('name'),
    about: person.getString('about'),
  }));
}
