import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { AuditService } from '../audit/AuditService';
import { ViewerResolver } from '../authorization/ViewerResolver';
import { RequestService } from '../requests/RequestService';
import { addAuditRoutes } from './addAuditRoutes';
import { addRequestRoutes } from './addRequestRoutes';

/** What the API's routes call. */
export interface RouterOptions {
  viewers: ViewerResolver;
  requests: RequestService;
  audit: AuditService;
}

/** The plugin's HTTP API; see `AwsAccessClient` for its twin. */
export function createRouter(options: RouterOptions): Router {
  const router = PromiseRouter();
  // A request has at most 50 changes of 200 accounts; this is far beyond.
  router.use(express.json({ limit: '1mb' }));
  addRequestRoutes(router, options);
  addAuditRoutes(router, options);
  return router;
}
