import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { awsAccessTranslationRef } from '../translation';

/** The plugin's texts in the reader's language. */
export function useTexts() {
  return useTranslationRef(awsAccessTranslationRef).t;
}

/** What {@link useTexts} returns, for pure functions that need a text. */
export type Texts = ReturnType<typeof useTexts>;
