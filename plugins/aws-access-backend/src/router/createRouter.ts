import {
  AuditorService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { AuditService } from '../audit/AuditService';
import { AuthorizedAccessService } from '../authorization/AuthorizedAccessService';
import { AuthorizedInventoryService } from '../authorization/AuthorizedInventoryService';
import { ViewerResolver } from '../authorization/ViewerResolver';
import { PermissionSetService } from '../permissionSets/PermissionSetService';
import { PolicyService } from '../simulation/PolicyService';
import { RequestService } from '../requests/RequestService';
import { SearchableInventory } from '../search/SearchableInventory';
import { addAccessRoutes } from './addAccessRoutes';
import { addAuditRoutes } from './addAuditRoutes';
import { addInventoryRoutes } from './addInventoryRoutes';
import { OperationsService } from '../operations/OperationsService';
import { addOperationsRoutes } from './addOperationsRoutes';
import { addPermissionSetRoutes } from './addPermissionSetRoutes';
import { addPolicyRoutes } from './addPolicyRoutes';
import { addRequestRoutes } from './addRequestRoutes';
import { addSearchRoutes } from './addSearchRoutes';
import { auditRefusals } from './auditRefusals';
import { refuseControlCharacters } from './refuseControlCharacters';

/** What the API's routes call. */
export interface RouterOptions {
  viewers: ViewerResolver;
  requests: RequestService;
  audit: AuditService;
  inventory: AuthorizedInventoryService;
  access: AuthorizedAccessService;
  permissionSets: PermissionSetService;
  policy: PolicyService;
  operations: OperationsService;
  searchable: SearchableInventory;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  logger: LoggerService;
}

/** The plugin's HTTP API; see `AwsAccessClient` for its twin. */
export function createRouter(options: RouterOptions): Router {
  const router = PromiseRouter();
  // A request has at most 50 changes of 200 accounts; this is far beyond.
  router.use(express.json({ limit: '1mb' }));
  router.use(refuseControlCharacters);
  addRequestRoutes(router, options);
  addAuditRoutes(router, options);
  addInventoryRoutes(router, options);
  addAccessRoutes(router, options);
  addPermissionSetRoutes(router, options);
  addPolicyRoutes(router, options);
  addOperationsRoutes(router, options);
  addSearchRoutes(router, options);
  router.use(auditRefusals(options));
  return router;
}
