import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { commonMessages } from './translations/commonMessages';
import { pickerMessages } from './translations/pickerMessages';
import { previewMessages } from './translations/previewMessages';

/**
 * Every text of the plugin, for portals that speak another language.
 *
 * @public
 */
export const awsAccessTranslationRef = createTranslationRef({
  id: 'plugin.aws-access',
  messages: {
    ...commonMessages,
    picker: pickerMessages,
    preview: previewMessages,
  },
});
