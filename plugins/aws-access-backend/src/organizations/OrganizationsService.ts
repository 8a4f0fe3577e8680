import { Organization } from 'backstage-plugin-aws-access-common';

/** The configured organizations and how they are. */
export interface OrganizationsService {
  list(): Promise<{ items: Organization[] }>;
}
