import { ActionOptions } from './ActionOptions';
import { registerExplainAccess } from './registerExplainAccess';
import { registerFileRequest } from './registerFileRequest';
import { registerListMyAccess } from './registerListMyAccess';
import { registerListRequests } from './registerListRequests';
import { registerPreviewRequest } from './registerPreviewRequest';

/**
 * Actions for assistants (MCP), templates and automation, with the caller's own
 * permissions. None approves or rejects: people decide themselves (security rule
 * 10).
 */
export function registerActions(options: ActionOptions): void {
  registerListMyAccess(options);
  registerExplainAccess(options);
  registerListRequests(options);
  registerPreviewRequest(options);
  registerFileRequest(options);
}
