import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { awsAccessTranslationRef } from '../translation';

/** Looks a text up, for pure functions that need one. */
export type Texts = TranslationFunction<(typeof awsAccessTranslationRef)['T']>;

/** The plugin's texts in the reader's language. */
export function useTexts(): Texts {
  return useTranslationRef(awsAccessTranslationRef).t;
}
