import { PreviewResponse } from 'backstage-plugin-aws-access-common';
import { MissingField } from './buildRequestInput';

/** Why a form cannot be filed yet; each has a text of its own. */
export type SubmitObstacle =
  | MissingField
  | 'preview'
  | 'previewFailed'
  | 'problems'
  | 'denied';

/**
 * The first thing that stands between a form and its filing. A button that is
 * disabled must say why.
 */
export function whyNotSubmit(
  missing: MissingField | undefined,
  preview: {
    preview: PreviewResponse | undefined;
    error: Error | null;
    isCurrent: boolean;
  },
): SubmitObstacle | undefined {
  if (missing) return missing;
  if (preview.error) return 'previewFailed';
  if (!preview.preview || !preview.isCurrent) return 'preview';
  if (preview.preview.outcome === 'denied') return 'denied';
  if (preview.preview.outcome === 'cannotFile') return 'problems';
  return undefined;
}
