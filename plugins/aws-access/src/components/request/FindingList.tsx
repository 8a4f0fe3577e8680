import { Text } from '@backstage/ui';
import {
  RiAlarmWarningLine,
  RiErrorWarningLine,
  RiInformationLine,
} from '@remixicon/react';
import { Finding, Severity } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { worstFirst } from '../../model/worstFirst';
import classes from './FindingList.module.css';

const ICONS = {
  high: RiAlarmWarningLine,
  medium: RiErrorWarningLine,
  low: RiInformationLine,
  info: RiInformationLine,
} satisfies Record<Severity, unknown>;

/** What is worth an approver's eye, worst first; never collapsed. */
export function FindingList(props: { findings: readonly Finding[] }) {
  const t = useTexts();
  if (props.findings.length === 0) {
    return (
      <Text color="secondary" variant="body-small">
        {t('preview.noFindings')}
      </Text>
    );
  }
  return (
    <ul className={classes.list}>
      {worstFirst(props.findings).map(finding => {
        const Icon = ICONS[finding.severity];
        return (
          <li
            key={finding.id}
            className={classes.finding}
            data-severity={finding.severity}
          >
            <Icon aria-hidden="true" />
            <Text variant="body-small" weight="bold" as="span">
              {t(`severity.${finding.severity}`)} · {finding.title}
            </Text>
            <Text
              variant="body-small"
              color="secondary"
              as="span"
              className={classes.reason}
            >
              {finding.reason}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}
