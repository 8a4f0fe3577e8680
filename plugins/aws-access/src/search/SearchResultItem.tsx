import { SearchDocument } from '@backstage/plugin-search-common';
import { AccountResult } from './AccountResult';
import { PermissionSetResult } from './PermissionSetResult';
import { RequestResult } from './RequestResult';
import { resultTypes } from './resultTypes';

/** A result of any of the plugin's types, told apart by what only it has. */
export function SearchResultItem({ result }: { result?: SearchDocument }) {
  if (!result) return null;
  if ('accountId' in result) {
    return <AccountResult result={result} icon={resultTypes.account.icon} />;
  }
  return 'requestId' in result ? (
    <RequestResult result={result} icon={resultTypes.request.icon} />
  ) : (
    <PermissionSetResult
      result={result}
      icon={resultTypes.permissionSet.icon}
    />
  );
}
