/** Values in DER (X.690): each is its tag, its length and its bytes. */
export const der = {
  tagged,
  sequence: (...items: Buffer[]) => tagged(0x30, ...items),
  set: (...items: Buffer[]) => tagged(0x31, ...items),
  oid: (hex: string) => tagged(0x06, Buffer.from(hex, 'hex')),
  utf8: (text: string) => tagged(0x0c, Buffer.from(text)),
  octets: (...contents: Buffer[]) => tagged(0x04, ...contents),
  /** The first byte says how many bits of the last one do not count: none. */
  bits: (content: Buffer) => tagged(0x03, Buffer.from([0]), content),
  /** Shortest form, the first bit not set: a positive number. */
  integer: (...contents: Buffer[]) => tagged(0x02, ...contents),
  /** As GeneralizedTime, which OpenSSL reads for every year. */
  time(moment: Date): Buffer {
    const digits = moment
      .toISOString()
      .replace(/\.\d+Z$/, '')
      .replace(/\D/g, '');
    return tagged(0x18, Buffer.from(`${digits}Z`));
  },
};

function tagged(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const length = content.length;
  // DER wants the shortest form of the length.
  if (length < 0x80) {
    return Buffer.concat([Buffer.from([tag, length]), content]);
  }
  const head =
    length < 0x100
      ? [tag, 0x81, length]
      : [tag, 0x82, Math.floor(length / 0x100), length % 0x100];
  return Buffer.concat([Buffer.from(head), content]);
}
