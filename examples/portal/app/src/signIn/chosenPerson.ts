// The choice lives in the tab, so that several people can be signed in side by
// side: the requester in one tab, the approver in the next.
const KEY = 'demo-sign-in:person';

/** The entity ref of the person whom this tab is signed in as, if any. */
export function readChosenPerson(): string | undefined {
  return window.sessionStorage.getItem(KEY) ?? undefined;
}

export function rememberChosenPerson(entityRef: string): void {
  window.sessionStorage.setItem(KEY, entityRef);
}

export function forgetChosenPerson(): void {
  window.sessionStorage.removeItem(KEY);
}
