/**
 * Begins what is said of every step that waits for a cycle of SCIM. Lists know such
 * steps by it: they wait for nothing that somebody could mend.
 */
export const SCIM_WAIT = 'Waiting for SCIM';
