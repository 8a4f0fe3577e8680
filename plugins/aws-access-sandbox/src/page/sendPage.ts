import type { Response } from 'express';

/** Answers with a page that can neither run a script nor be put into a frame. */
export function sendPage(response: Response, page: string): void {
  response
    .set({
      'Content-Security-Policy':
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    })
    .type('html')
    .send(page);
}
