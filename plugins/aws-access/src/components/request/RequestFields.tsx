import { Text, TextAreaField, TextField } from '@backstage/ui';
import { ReactNode } from 'react';
import { RequestChoices } from '../../hooks/useRequestChoices';
import { RequestForm } from '../../hooks/useRequestForm';
import { useTexts } from '../../hooks/useTexts';
import { FormField } from '../../model/locateProblem';
import { LongestDuration, presetsFor } from '../../model/durationChoice';
import { getTimeRule } from '../../model/wishes';
import { DurationPicker } from '../pickers/DurationPicker';
import { WishList } from './WishList';

/** Everything that a request says: what, how long and why. */
export function RequestFields(props: {
  form: RequestForm;
  choices: RequestChoices;
  /** For which team, and by whom: the pages differ in that. */
  team: ReactNode;
  /** For whom it is filed, where that is asked. */
  onBehalf?: ReactNode;
  /** False where nobody is going to decide. */
  isReasonRequired?: boolean;
  /** The longest that the policy allows for what is filled in. */
  longest?: LongestDuration;
  errorAt: (field: FormField, wish?: number) => string | undefined;
}) {
  const t = useTexts();
  const { form, errorAt } = props;
  const { values, change } = form;
  const timeRule = getTimeRule(values.wishes);
  return (
    <>
      {props.team}
      <WishList form={form} choices={props.choices} errorAt={errorAt} />
      {timeRule === 'lasting' ? (
        <Text color="secondary">
          {t(
            values.wishes.some(({ kind }) => kind === 'adoption')
              ? 'request.form.lastingAdoption'
              : 'request.form.lasting',
          )}
        </Text>
      ) : (
        <DurationPicker
          value={values.duration}
          presets={presetsFor(values.wishes.map(({ kind }) => kind))}
          longest={props.longest}
          allowStanding={timeRule === 'free'}
          errorMessage={
            timeRule === 'mixed'
              ? t('request.form.disabled.mixedTimes')
              : errorAt('duration')
          }
          onChange={duration => change({ duration })}
        />
      )}
      <TextAreaField
        label={t('request.form.justification')}
        description={
          errorAt('justification') ?? t('request.form.justificationHint')
        }
        isRequired={props.isReasonRequired ?? true}
        isInvalid={Boolean(errorAt('justification'))}
        maxLength={2000}
        value={values.justification}
        onChange={justification => change({ justification })}
      />
      <TextField
        label={t('request.form.ticket')}
        description={errorAt('ticket') ?? t('request.form.ticketHint')}
        isInvalid={Boolean(errorAt('ticket'))}
        maxLength={100}
        value={values.ticket}
        onChange={ticket => change({ ticket })}
      />
      {props.onBehalf}
    </>
  );
}
