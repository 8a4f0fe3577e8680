import { Alert, Button, Card, CardBody, Flex, Text } from '@backstage/ui';
import { FormEvent, ReactNode, useId } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { SubmitObstacle } from '../../model/whyNotSubmit';
import classes from './RequestForm.module.css';

/** The form on the left, what it would do on the right. */
export function RequestFormView(props: {
  fields: ReactNode;
  preview: ReactNode;
  obstacle: SubmitObstacle | undefined;
  /** The request asks for several things, so that one must be named. */
  hasSeveral: boolean;
  isFiling: boolean;
  failure: string | undefined;
  onSubmit: () => void;
}) {
  const t = useTexts();
  const reasonId = useId();
  const { obstacle } = props;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!obstacle && !props.isFiling) props.onSubmit();
  };
  return (
    <div className={classes.layout}>
      <Card>
        <CardBody>
          <form
            className={classes.fields}
            onSubmit={submit}
            aria-label={t('request.form.title')}
            noValidate
          >
            {props.fields}
            {props.failure && (
              <Alert
                status="danger"
                icon
                role="alert"
                title={t('request.form.failedTitle')}
                description={t('request.form.failedBody', {
                  message: props.failure,
                })}
              />
            )}
            <Flex gap="3" align="center">
              <Button
                type="submit"
                variant="primary"
                isDisabled={obstacle !== undefined}
                isPending={props.isFiling}
                aria-describedby={reasonId}
              >
                {t('request.form.submit')}
              </Button>
              <Text
                id={reasonId}
                color="secondary"
                variant="body-small"
                aria-live="polite"
              >
                {describe()}
              </Text>
            </Flex>
          </form>
        </CardBody>
      </Card>
      <div className={classes.preview}>{props.preview}</div>
    </div>
  );

  function describe() {
    if (!obstacle) return '';
    const text = t(`request.form.disabled.${obstacle.reason}`);
    return props.hasSeveral && obstacle.wish !== undefined
      ? t('request.form.disabledIn', {
          number: String(obstacle.wish + 1),
          text,
        })
      : text;
  }
}
