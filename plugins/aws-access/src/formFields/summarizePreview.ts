import {
  isLasting,
  PreviewResponse,
  RequestInput,
} from 'backstage-plugin-aws-access-common';
import { Texts } from '../hooks/useTexts';
import { formatIsoDuration } from '../model/formatDuration';

/**
 * What a request asks for, line by line, by names with the ids beside them. The
 * review step of the scaffolder shows the values of a form as they are, and these
 * can be read.
 */
export function summarizePreview(
  preview: PreviewResponse,
  input: RequestInput,
  options: { teamTitle: string | undefined; t: Texts; asksDuration: boolean },
): string[] {
  const { t } = options;
  const { plan } = preview;
  const line = (name: string, values: readonly string[]) =>
    values.length > 0
      ? [t('formField.summary.line', { name, values: values.join(', ') })]
      : [];
  return [
    ...line(t('formField.summary.team'), [options.teamTitle ?? input.team]),
    ...(plan
      ? [
          ...line(
            t('formField.summary.people'),
            plan.people.map(({ displayName }) => displayName),
          ),
          ...line(
            t('formField.summary.accounts'),
            plan.accounts.map(({ name, id }) => `${name} (${id})`),
          ),
          ...line(
            t('formField.summary.permissionSets'),
            plan.permissionSets.map(
              ({ name, accessLevel }) =>
                `${name} (${t(`accessLevel.${accessLevel}`)})`,
            ),
          ),
          ...line(
            t('formField.summary.duration'),
            options.asksDuration && !isLasting(plan.objects)
              ? [
                  input.duration
                    ? formatIsoDuration(input.duration)
                    : t('time.standing'),
                ]
              : [],
          ),
          ...(plan.sentences.length > 0
            ? plan.sentences
            : [t('preview.nothingHappens')]),
          ...line(
            t('preview.findings'),
            plan.findings.map(({ title }) => title),
          ),
        ]
      : []),
    ...(preview.outcome === 'autoApproved'
      ? [t('preview.autoApproved')]
      : preview.stages.flatMap(({ name, approvers, isHidden }) =>
          line(t('formField.summary.approval', { stage: name }), [
            approvers.map(({ displayName }) => displayName).join(', ') ||
              t(isHidden ? 'preview.stageHidden' : 'preview.stageNobody'),
          ]),
        )),
  ];
}
