import { foldName } from './foldName';

/** No name of a group has a colon, so the two kinds never meet. */
const SET_PREFIX = 'permissionSet:';

/** Under which a new permission set's name is reserved; groups by their folded name. */
export function reservedSetName(name: string): string {
  return `${SET_PREFIX}${foldName(name)}`;
}

/** The folded name that is reserved, for people. */
export function nameOfReservation(reserved: string): string {
  return reserved.startsWith(SET_PREFIX)
    ? reserved.slice(SET_PREFIX.length)
    : reserved;
}
