import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { PersonDirectory } from '../people/PersonDirectory';

/** A role named in `awsAccess.roles`. None of them decides on requests. */
export type Role = 'admin' | 'auditor' | 'operator' | 'security';

/** Who is calling, as far as the plugin's own rules care. */
export interface Viewer {
  userRef: string;
  /** Null when the User is not mapped to a person; then they decide on nothing. */
  entraUserId: string | null;
  /** Teams the User is a member of, by the catalog. */
  teams: string[];
  roles: ReadonlySet<Role>;
  /**
   * What acts for the user, e.g. `plugin:scaffolder`; null = themselves.
   * Decisions are refused to actors (security rule 10).
   */
  actor: string | null;
}

/** A viewer for the time of one call to the API. */
export interface Caller extends Viewer {
  displayName: string;
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  /** Asks the catalog each thing once during the call. */
  directory: PersonDirectory;
}

/** True when one of the viewer's roles lets them read every team's access. */
export function readsEverything(viewer: Viewer): boolean {
  return (['admin', 'auditor', 'security'] as const).some(role =>
    viewer.roles.has(role),
  );
}

/** True for who looks after the clouds: raw messages name what others may not read (security rule 30). */
export function readsCloudMessages(viewer: Viewer): boolean {
  return viewer.roles.has('operator') || viewer.roles.has('admin');
}
