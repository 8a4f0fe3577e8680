import { Writable } from 'node:stream';

/**
 * Takes no request, whoever collates some: an index would show them to everybody
 * who searches.
 */
export class RefusingIndexer extends Writable {
  constructor() {
    super({ objectMode: true });
  }

  _write(
    _document: unknown,
    _encoding: BufferEncoding,
    done: (error: Error) => void,
  ): void {
    done(new Error('AWS access requests are never indexed'));
  }
}
