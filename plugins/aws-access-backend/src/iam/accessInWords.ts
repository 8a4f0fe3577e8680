import {
  AccessLevel,
  IamAccessLevel,
  ServiceAccess,
} from 'backstage-plugin-aws-access-common';
import { countLabel, listLabel } from '../wording/labels';
import { Access } from './accessOf';
import { iamServiceNames } from './iamActions';

/** From the widest; a service is named where it reaches furthest. */
const REACHES: ReadonlyArray<{
  level: IamAccessLevel;
  /** Said of services. */
  text: string;
}> = [
  { level: 'Permissions management', text: 'Gives and takes rights in' },
  { level: 'Write', text: 'Creates, changes and deletes in' },
  { level: 'Tagging', text: 'Tags things in' },
  { level: 'Read', text: 'Reads in' },
  { level: 'List', text: 'Lists what there is in' },
];

/** What it comes to, in plain sentences, the widest first. */
export function accessInWords(access: Access, level: AccessLevel): string[] {
  const services = access.services.map(service => service.access);
  if (services.length === 0) {
    return access.grants.namedReads.length > 0 ||
      access.grants.unknown.length > 0
      ? []
      : ['Allows nothing.'];
  }
  const all = iamServiceNames().size;
  const whole = services.filter(isSurelyWhole);
  if (services.length === all && services.every(one => one.isWhole))
    return ['Everything in the account.'];

  const sentences: string[] = [];
  if (level === 'admin') {
    sentences.push(
      'Can give itself any right, and so comes to everything in the account.',
    );
  }
  if (whole.length > 0) {
    sentences.push(`Everything in ${servicesLabel(whole)}.`);
  }
  for (const { text, services: reached } of byFurthestReach(services)) {
    sentences.push(`${text} ${servicesLabel(reached)}.`);
  }
  return sentences;
}

function byFurthestReach(services: ServiceAccess[]) {
  const rest = services.filter(service => !isSurelyWhole(service));
  return REACHES.map(({ level, text }) => ({
    text,
    services: rest.filter(
      service =>
        REACHES.find(reach =>
          service.levels.some(one => one.level === reach.level),
        )?.level === level,
    ),
  })).filter(group => group.services.length > 0);
}

/** A service that cannot be written to is no less whole, but who reads would not say so. */
function isSurelyWhole({ isWhole, isApproximate, levels }: ServiceAccess) {
  return (
    isWhole &&
    !isApproximate &&
    levels.some(({ level }) => level !== 'List' && level !== 'Read')
  );
}

/** Names what can be read through; counts what cannot. */
function servicesLabel(services: ServiceAccess[]): string {
  const atMost = 8;
  return services.length > 3 * atMost
    ? `${countLabel(services.length, 'service', 'services')} of AWS`
    : listLabel(
        services.map(({ name }) => name),
        atMost,
      );
}
