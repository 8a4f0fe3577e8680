import {
  AuditorService,
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { isRefusal, recordRefusal } from '../audit/recordRefusal';

/**
 * A registry whose actions tell the portal's auditor of refused calls, as the
 * HTTP API does: what an assistant tries for somebody is seen, too.
 */
export function auditActions(
  registry: ActionsRegistryService,
  options: {
    auditor: AuditorService;
    auth: AuthService;
    logger: LoggerService;
  },
): ActionsRegistryService {
  return {
    register: action =>
      registry.register({
        ...action,
        action: async context => {
          try {
            return await action.action(context);
          } catch (error) {
            const reads = action.attributes?.readOnly === true;
            if (error instanceof Error && isRefusal(error, { reads })) {
              recordRefusal(options, error, {
                meta: {
                  action: action.name,
                  ...whoCalled(options.auth, context.credentials),
                },
              });
            }
            throw error;
          }
        },
      }),
  };
}

function whoCalled(auth: AuthService, credentials: BackstageCredentials) {
  if (auth.isPrincipal(credentials, 'user')) {
    const { userEntityRef, actor } = credentials.principal;
    return { caller: userEntityRef, actor: actor?.subject ?? null };
  }
  return auth.isPrincipal(credentials, 'service')
    ? { caller: credentials.principal.subject, actor: null }
    : { caller: null, actor: null };
}
