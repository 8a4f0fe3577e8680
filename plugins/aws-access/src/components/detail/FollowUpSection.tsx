import { Flex, Link, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  FollowUpOutcome,
  PlannedFollowUp,
} from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { Section } from '../common/Section';
import classes from './detail.module.css';

/**
 * The template that goes on when the access is usable. All of its values are
 * shown: they are approved with the plan (security rule 3).
 */
export function FollowUpSection(props: {
  followUp: PlannedFollowUp;
  outcome: FollowUpOutcome | undefined;
}) {
  const t = useTexts();
  const { followUp, outcome } = props;
  return (
    <Section title={t('followUp.title')}>
      <Flex direction="column" gap="3">
        <Text>
          {t('followUp.starts', {
            template: (
              <EntityRefLink
                underline="always"
                entityRef={followUp.template}
                defaultKind="template"
              />
            ),
          })}
        </Text>
        {outcome && (
          <Text role="status">
            {t(`followUp.state.${outcome.state}`)} {outcome.detail}
            {outcome.taskId && (
              <>
                {' '}
                <Link
                  href={`/create/tasks/${encodeURIComponent(outcome.taskId)}`}
                >
                  {t('followUp.task', { id: outcome.taskId })}
                </Link>
              </>
            )}
          </Text>
        )}
        <div>
          <Text variant="body-small" color="secondary">
            {t('followUp.values')}
          </Text>
          <pre className={classes.values}>
            {JSON.stringify(followUp.values, null, 2)}
          </pre>
        </div>
        <Text variant="body-x-small" color="secondary">
          {t('followUp.content', { digest: followUp.contentDigest })}
        </Text>
      </Flex>
    </Section>
  );
}
