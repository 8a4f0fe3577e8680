import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { auditMessages } from './translations/auditMessages';
import { commonMessages } from './translations/commonMessages';
import { detailMessages } from './translations/detailMessages';
import { followUpMessages } from './translations/followUpMessages';
import { formFieldMessages } from './translations/formFieldMessages';
import { myAccessMessages } from './translations/myAccessMessages';
import { operationsMessages } from './translations/operationsMessages';
import { permissionSetMessages } from './translations/permissionSetMessages';
import { pickerMessages } from './translations/pickerMessages';
import { policyDiffMessages } from './translations/policyDiffMessages';
import { policyEditorMessages } from './translations/policyEditorMessages';
import { policyMessages } from './translations/policyMessages';
import { previewMessages } from './translations/previewMessages';
import { requestMessages } from './translations/requestMessages';
import { searchMessages } from './translations/searchMessages';
import { teamMessages } from './translations/teamMessages';

/**
 * Every text of the plugin, for portals that speak another language.
 *
 * @public
 */
export const awsAccessTranslationRef = createTranslationRef({
  id: 'plugin.aws-access',
  messages: {
    ...commonMessages,
    audit: auditMessages,
    operations: operationsMessages,
    permissionSet: permissionSetMessages,
    picker: pickerMessages,
    policy: policyMessages,
    policyDiff: policyDiffMessages,
    policyEditor: policyEditorMessages,
    preview: previewMessages,
    myAccess: myAccessMessages,
    request: requestMessages,
    detail: detailMessages,
    search: searchMessages,
    team: teamMessages,
    followUp: followUpMessages,
    formField: formFieldMessages,
    page: {
      title: 'AWS access',
      myAccess: 'My AWS access',
      requests: 'Requests',
      request: 'Request access',
      permissionSets: 'Permission sets',
      policies: 'Policies',
      audit: 'Audit',
      operations: 'Operations',
    },
  },
});
