/** AWS JSON 1.1 writes a time as seconds since the epoch, with a fraction. */
export function toEpochSeconds(milliseconds: number): number {
  return milliseconds / 1000;
}
