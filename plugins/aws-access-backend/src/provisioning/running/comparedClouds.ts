import { CloudError } from '../../clouds/CloudError';
import {
  CloudsProvider,
  OrganizationClouds,
} from '../../clouds/OrganizationClouds';
import { CloudName } from '../../organizations/askCloud';
import { NotCompared } from '../../organizations/ContactKeeper';
import { endSentence } from '../../wording/endSentence';
import { StepWaitError } from './StepWaitError';

const NAMES: Record<CloudName, string> = {
  aws: 'AWS',
  entra: 'Microsoft Entra ID',
};

/**
 * Clouds of which each takes a call, a read too, only after it was compared with
 * that of first contact (security rule 23): in another tenant everything looks as if
 * it had been removed. No executor can forget it, because it has no other clouds.
 *
 * @param whyNot - what keeps a cloud from being worked with; asked at every call
 */
export function comparedClouds(
  provider: CloudsProvider,
  whyNot: (cloud: CloudName) => NotCompared | undefined,
): CloudsProvider {
  // Kept, because lists of a cloud are shared by whoever has the same one.
  const guarded = new WeakMap<object, object>();
  const guard = <Cloud extends object>(
    name: CloudName,
    cloud: Cloud,
  ): Cloud => {
    const known = guarded.get(cloud);
    if (known) return known as Cloud;
    const proxy = new Proxy(cloud, {
      get(target, key) {
        const member = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          const why = whyNot(name);
          if (why) throw notYet(name, why);
          return member.apply(target, args);
        };
      },
    });
    guarded.set(cloud, proxy);
    return proxy;
  };
  return {
    forOrganization(organizationId, purpose): OrganizationClouds {
      const clouds = provider.forOrganization(organizationId, purpose);
      return {
        ...clouds,
        aws: guard('aws', clouds.aws),
        entra: guard('entra', clouds.entra),
      };
    },
  };
}

/** Whether the cloud says who it is only after a person has done something. */
export function isForOperators(problem: unknown): boolean {
  return problem instanceof CloudError && problem.kind !== 'retryLater';
}

function notYet(
  name: CloudName,
  { held, problem, retryInMs }: NotCompared,
): StepWaitError {
  if (held !== null) {
    return new StepWaitError(`All writes are held: ${held}`, retryInMs);
  }
  const why =
    problem instanceof CloudError
      ? endSentence(problem.message)
      : 'it has not answered yet.';
  return new StepWaitError(
    `Waits until ${NAMES[name]} has said that it is the one of first contact: ${why} Nothing is done there before; it goes on by itself.`,
    retryInMs,
    {
      isForOperators: isForOperators(problem),
      cloudMessage:
        problem instanceof CloudError
          ? `${problem.operation}: ${problem.code}: ${problem.cloudMessage}`
          : `${NAMES[name]}: ${problem ?? 'no answer yet'}`,
    },
  );
}
