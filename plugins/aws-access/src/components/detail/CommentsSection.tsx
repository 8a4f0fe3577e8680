import { Alert, Button, Flex, Text, TextAreaField } from '@backstage/ui';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
import { FormEvent, useState } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { PersonLink } from '../common/PersonLink';
import { RelativeTime } from '../common/RelativeTime';
import { Section } from '../common/Section';
import classes from './timeline.module.css';

/** What people said about a request, and a field to say more. */
export function CommentsSection(props: {
  request: RequestDetail;
  isPending: boolean;
  failure: string | undefined;
  /** Resolves when the comment is stored, so that the field may be emptied. */
  onComment: (text: string) => Promise<unknown>;
}) {
  const t = useTexts();
  const [text, setText] = useState('');
  const comments = props.request.timeline.filter(
    event => event.kind === 'commented',
  );
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim()) return;
    try {
      await props.onComment(text.trim());
      setText('');
    } catch {
      // The failure arrives as a prop; the text stays for another try.
    }
  };
  return (
    <Section title={t('detail.comments')}>
      <Flex direction="column" gap="4">
        {comments.length === 0 && (
          <Text color="secondary">{t('detail.noComments')}</Text>
        )}
        <ul className={classes.comments}>
          {comments.map(event => (
            <li key={event.sequence} className={classes.comment}>
              <span>{event.text}</span>
              <span className={classes.meta}>
                {event.actor && <PersonLink person={event.actor} />} ·{' '}
                <RelativeTime at={event.at} />
              </span>
            </li>
          ))}
        </ul>
        {props.request.flags.canComment && (
          <form onSubmit={send}>
            <Flex direction="column" gap="2" align="start">
              <TextAreaField
                label={t('detail.comment')}
                description={t('detail.commentHint')}
                maxLength={4000}
                rows={2}
                value={text}
                onChange={setText}
                style={{ width: '100%' }}
              />
              {props.failure && (
                <Alert
                  status="danger"
                  icon
                  role="alert"
                  title={t('detail.actionFailed')}
                  description={t('detail.actionFailedBody', {
                    message: props.failure,
                  })}
                />
              )}
              <Button
                type="submit"
                variant="secondary"
                isDisabled={!text.trim()}
                isPending={props.isPending}
              >
                {t('detail.sendComment')}
              </Button>
            </Flex>
          </form>
        )}
      </Flex>
    </Section>
  );
}
