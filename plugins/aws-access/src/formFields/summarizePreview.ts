import {
  isLasting,
  PreviewResponse,
  RequestInput,
} from 'backstage-plugin-aws-access-common';
import { Texts } from '../hooks/useTexts';
import { formatIsoDuration } from '../model/formatDuration';

/** A request in words, by the words of what each part is. */
export type FormSummary = Record<string, string[]>;

/**
 * What a request asks for, by names with the ids beside them. The review step of
 * the scaffolder shows the values of the form as they are, and these can be read.
 */
export function summarizePreview(
  preview: PreviewResponse,
  input: RequestInput,
  options: { teamTitle: string | undefined; t: Texts },
): FormSummary {
  const { t, teamTitle = input.team } = options;
  const { plan, stages } = preview;
  const parts: Record<string, string | string[] | undefined> = {
    [t('formField.summary.team')]: teamTitle,
  };
  if (plan) {
    parts[t('formField.summary.people')] = plan.people
      .map(({ displayName }) => displayName)
      .join(', ');
    parts[t('formField.summary.accounts')] = plan.accounts
      .map(({ name, id }) => `${name} (${id})`)
      .join(', ');
    parts[t('formField.summary.permissionSets')] = plan.permissionSets
      .map(
        ({ name, accessLevel }) =>
          `${name} (${t(`accessLevel.${accessLevel}`)})`,
      )
      .join(', ');
    if (!isLasting(plan.objects)) {
      parts[t('formField.summary.duration')] = input.duration
        ? formatIsoDuration(input.duration)
        : t('time.standing');
    }
    parts[t('preview.whatWillHappen')] =
      plan.sentences.length > 0
        ? plan.sentences
        : [t('preview.nothingHappens')];
    parts[t('preview.findings')] = plan.findings.map(({ title }) => title);
  }
  parts[t('preview.approval')] =
    preview.outcome === 'autoApproved'
      ? t('preview.autoApproved')
      : stages.map(
          ({ name, approvers }) =>
            `${name}: ${approvers
              .map(({ displayName }) => displayName)
              .join(', ')}`,
        );
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, value]) =>
      // The review sets lists apart from their names, and single values not.
      value && value.length > 0 ? [[name, [value].flat()]] : [],
    ),
  );
}
