import type { Response } from 'express';
import type { AwsError } from './AwsError';
import { escapeXml } from './xml';

/** The namespaces of the two services that the sandbox speaks the query protocol for. */
export const QUERY_NAMESPACES = {
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
};

/** Answers with an error of the query protocol, in XML. */
export function sendQueryError(
  response: Response,
  service: keyof typeof QUERY_NAMESPACES,
  error: AwsError,
): void {
  response
    .status(error.status)
    .setHeader('Content-Type', 'text/xml')
    .end(
      `<ErrorResponse xmlns="${QUERY_NAMESPACES[service]}"><Error><Type>${
        error.status >= 500 ? 'Receiver' : 'Sender'
      }</Type><Code>${error.code}</Code><Message>${escapeXml(
        error.message,
      )}</Message></Error><RequestId>${response.getHeader(
        'x-amzn-RequestId',
      )}</RequestId></ErrorResponse>`,
    );
}
