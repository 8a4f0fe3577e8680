/** The actor of requests that the product files by itself (security rule 11). */
export const PRODUCT_ACTOR = 'plugin:aws-access';
