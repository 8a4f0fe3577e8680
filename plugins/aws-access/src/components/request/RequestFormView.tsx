import {
  Alert,
  Button,
  Card,
  CardBody,
  Flex,
  Text,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import {
  Account,
  Freshness,
  PermissionSet,
} from 'backstage-plugin-aws-access-common';
import { FormEvent, ReactNode, useId } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { RequestFormValues } from '../../model/buildRequestInput';
import { EntityOption } from '../../model/EntityOption';
import { SubmitObstacle } from '../../model/whyNotSubmit';
import { AccountPicker } from '../pickers/AccountPicker';
import { DurationPicker } from '../pickers/DurationPicker';
import { PermissionSetPicker } from '../pickers/PermissionSetPicker';
import { AudienceFields, Choices } from './AudienceFields';
import classes from './RequestForm.module.css';

/** Choices that come from the inventory, and what is searched for in them. */
interface InventoryChoices<Item> extends Choices<Item> {
  freshness?: Freshness;
  onSearchChange?: (search: string) => void;
}

/** The form on the left, what it would do on the right. */
export function RequestFormView(props: {
  values: RequestFormValues;
  onChange: (changed: Partial<RequestFormValues>) => void;
  teams: Choices<EntityOption>;
  members: Choices<EntityOption>;
  accounts: InventoryChoices<Account>;
  permissionSets: InventoryChoices<PermissionSet>;
  preview: ReactNode;
  obstacle: SubmitObstacle | undefined;
  isFiling: boolean;
  failure: string | undefined;
  onSubmit: () => void;
}) {
  const t = useTexts();
  const reasonId = useId();
  const { values, onChange, obstacle } = props;
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
            <AudienceFields {...props} />
            <AccountPicker
              {...props.accounts}
              isRequired
              value={values.accountIds}
              onChange={accountIds => onChange({ accountIds })}
            />
            <PermissionSetPicker
              {...props.permissionSets}
              isRequired
              value={values.permissionSetArn}
              onChange={permissionSetArn => onChange({ permissionSetArn })}
            />
            <DurationPicker
              value={values.duration}
              onChange={duration => onChange({ duration })}
            />
            <TextAreaField
              label={t('request.form.justification')}
              description={t('request.form.justificationHint')}
              isRequired
              maxLength={2000}
              value={values.justification}
              onChange={justification => onChange({ justification })}
            />
            <TextField
              label={t('request.form.ticket')}
              description={t('request.form.ticketHint')}
              maxLength={100}
              value={values.ticket}
              onChange={ticket => onChange({ ticket })}
            />
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
                {obstacle ? t(`request.form.disabled.${obstacle}`) : ''}
              </Text>
            </Flex>
          </form>
        </CardBody>
      </Card>
      <div className={classes.preview}>{props.preview}</div>
    </div>
  );
}
