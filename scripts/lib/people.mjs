import { readFileSync } from 'node:fs';
import { inRepository } from './repository.mjs';

/** The people that the demo portal's sign-in page offers. */
export function readPeople() {
  return JSON.parse(
    readFileSync(inRepository('examples/portal/people.json'), 'utf8'),
  );
}

/** Whether this person can sign in to the portal at the address now. */
export async function signInSucceeds(portal, person) {
  const response = await fetch(`${portal}/api/auth/demo/refresh`, {
    headers: {
      'x-demo-person': person.entityRef,
      'x-requested-with': 'XMLHttpRequest',
    },
  });
  return response.ok;
}
