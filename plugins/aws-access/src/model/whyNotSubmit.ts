import { PreviewResponse } from 'backstage-plugin-aws-access-common';
import { Missing, MissingField } from './findMissingField';

/** Why a form cannot be filed yet; each has a text of its own. */
export interface SubmitObstacle {
  reason:
    | MissingField
    | 'invalid'
    | 'preview'
    | 'previewFailed'
    | 'problems'
    | 'denied';
  /** Index of the wish that it is about, where it is about one. */
  wish?: number;
}

/**
 * The first thing that stands between a form and its filing. A button that is
 * disabled must say why.
 */
export function whyNotSubmit(
  missing: Missing | undefined,
  isValid: boolean,
  preview: {
    preview: PreviewResponse | undefined;
    error: Error | null;
    isCurrent: boolean;
  },
): SubmitObstacle | undefined {
  // The reason is the last thing that is typed; what is wrong comes before it.
  if (missing && missing.field !== 'justification') {
    return { reason: missing.field, wish: missing.wish };
  }
  if (!isValid) return { reason: 'invalid' };
  if (missing) return { reason: missing.field };
  if (preview.error) return { reason: 'previewFailed' };
  if (!preview.preview || !preview.isCurrent) return { reason: 'preview' };
  if (preview.preview.outcome === 'denied') return { reason: 'denied' };
  if (preview.preview.outcome === 'cannotFile') return { reason: 'problems' };
  return undefined;
}
