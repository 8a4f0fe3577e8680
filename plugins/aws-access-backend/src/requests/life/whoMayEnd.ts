/** Why somebody may not end the access of a request (security rule 25). */
export const WHO_MAY_END =
  'Only who asked for it, an owner of the account, an approver of it or security can end the access.';

/** The same where the request took over access that others had. */
export const WHO_MAY_END_ADOPTED =
  'What was taken under management is access of others: an owner of the account, an approver of it or security can end it.';
