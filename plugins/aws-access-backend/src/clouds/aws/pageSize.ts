/** The largest page of sso-admin and identitystore; a page may be shorter. */
export const PAGE_SIZE = 100;
