import { PermissionsService } from '@backstage/backend-plugin-api';
import { AuthorizedOperationsService } from '../authorization/AuthorizedOperationsService';
import {
  DefaultOperationsOptions,
  DefaultOperationsService,
} from './DefaultOperationsService';
import { OperationsService } from './OperationsService';

/** Puts the operators' view together, with its authorization around it. */
export function createOperationsService(
  options: DefaultOperationsOptions & { permissions: PermissionsService },
): OperationsService {
  return new AuthorizedOperationsService(
    new DefaultOperationsService(options),
    options.permissions,
  );
}
