import { z } from 'zod';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** True for a URL whose host can only be this machine. */
export function isLoopback(url: string): boolean {
  return LOOPBACK.test(new URL(url).hostname);
}

/**
 * Where a cloud's API is. Plain http would send credentials in the clear, so it
 * is accepted only where nothing leaves the machine.
 */
export const cloudEndpointSchema = z
  .url({ protocol: /^https?$/, message: 'must be an http(s) URL', abort: true })
  .refine(url => url.startsWith('https:') || isLoopback(url), {
    message: 'must use https, unless its host is this machine',
  });
