/** What `engines` in package.json says, in words. */
export const supportedNodes = 'Node.js 24, or 22 from 22.12 on';

/** The version that is fetched when the one at hand is not supported. */
export const fetchedNode = '24.21.0';

/**
 * Whether Backstage runs on this version. The 22 line counts from 22.12 on,
 * the first to load ES modules through `require` without a flag.
 */
export function isSupportedNode(version) {
  const [major, minor] = version.split('.').map(Number);
  return major === 24 || (major === 22 && minor >= 12);
}
