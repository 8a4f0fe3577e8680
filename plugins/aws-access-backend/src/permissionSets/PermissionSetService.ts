import {
  ParsedCheckPermissionSetInput,
  PermissionSetCheck,
  PermissionSetDetail,
  PermissionSetQuery,
  PermissionSetUsesResponse,
} from 'backstage-plugin-aws-access-common';
import { Caller } from '../authorization/Viewer';

/** What single permission sets grant, where they are and who has them. */
export interface PermissionSetService {
  /** @throws NotFoundError when there is none of this name or ARN */
  get(query: PermissionSetQuery, caller: Caller): Promise<PermissionSetDetail>;
  /** Where each is used, as far as the caller may read. */
  listUses(caller: Caller): Promise<PermissionSetUsesResponse>;
  /** Looks at one that somebody is writing, and stores nothing. */
  check(
    input: ParsedCheckPermissionSetInput,
    caller: Caller,
  ): Promise<PermissionSetCheck>;
}
