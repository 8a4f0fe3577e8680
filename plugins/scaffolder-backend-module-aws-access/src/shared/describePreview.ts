import type { PreviewResponse } from 'backstage-plugin-aws-access-common';

/**
 * What would become of a request, as lines for the log of a dry run. Stages and
 * findings are named, people and justifications are not: logs are read by more
 * people than requests are (security rule 30).
 *
 * @param getField - the author's name for a path in the body
 */
export function describePreview(
  preview: PreviewResponse,
  getField: (path: string) => string,
): string[] {
  return [
    describeOutcome(preview),
    ...preview.denials.map(denial => `Denied: ${denial}`),
    ...preview.problems.map(
      problem => `${getField(problem.path)}: ${problem.message} ${problem.fix}`,
    ),
    ...(preview.plan?.findings ?? []).map(
      finding => `Finding (${finding.severity}): ${finding.title}`,
    ),
  ];
}

function describeOutcome({ outcome, stages, plan }: PreviewResponse) {
  switch (outcome) {
    case 'autoApproved':
      return 'Dry run: this request would be approved by policy at once. Nothing was filed.';
    case 'denied':
      return 'Dry run: policy would deny this request. Nothing was filed.';
    case 'cannotFile':
      return 'Dry run: this request could not be filed.';
    default: {
      const needs = stages.map(({ name, need }) => `${name} (${need})`);
      const gains = plan?.gains.length ?? 0;
      return `Dry run: this request would wait for approval by ${needs.join(
        ', ',
      )} and grant ${gains} ${
        gains === 1 ? 'way' : 'ways'
      } into an account. Nothing was filed.`;
    }
  }
}
