import { Button, Checkbox, TextField } from '@backstage/ui';
import { FormEvent, useState } from 'react';
import {
  useAccountChoices,
  usePermissionSetChoices,
} from '../../hooks/useInventory';
import { useTexts } from '../../hooks/useTexts';
import { Simulation } from '../../hooks/useSimulation';
import { AccountPicker } from '../pickers/AccountPicker';
import { DurationPicker } from '../pickers/DurationPicker';
import { PermissionSetPicker } from '../pickers/PermissionSetPicker';
import classes from '../request/RequestForm.module.css';

/** Given a person, a team, accounts, a permission set and a time. */
export function SimulationForm(props: {
  isRunning: boolean;
  onSimulate: (simulation: Simulation) => void;
}) {
  const t = useTexts();
  const [values, setValues] = useState<Partial<Simulation>>({
    accountIds: [],
    duration: 'PT8H',
    ticket: '',
    justification: '',
    filedByActor: false,
  });
  const [accountSearch, setAccountSearch] = useState('');
  const [setSearch, setSetSearch] = useState('');
  const accounts = useAccountChoices(accountSearch);
  const permissionSets = usePermissionSetChoices(setSearch);
  const change = (changed: Partial<Simulation>) =>
    setValues(current => ({ ...current, ...changed }));
  const isComplete = Boolean(
    values.requester?.trim() &&
      values.team?.trim() &&
      values.accountIds?.length &&
      values.permissionSetArn &&
      values.duration !== undefined,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete) props.onSimulate(values as Simulation);
  };
  return (
    <form
      className={classes.fields}
      onSubmit={submit}
      aria-label={t('policy.try')}
      noValidate
    >
      <TextField
        label={t('policy.requester')}
        description={t('policy.requesterHint')}
        isRequired
        value={values.requester ?? ''}
        onChange={requester => change({ requester })}
      />
      <TextField
        label={t('policy.team')}
        description={t('policy.teamHint')}
        isRequired
        value={values.team ?? ''}
        onChange={team => change({ team })}
      />
      <AccountPicker
        {...accounts}
        onSearchChange={setAccountSearch}
        isRequired
        value={values.accountIds ?? []}
        onChange={accountIds => change({ accountIds })}
      />
      <PermissionSetPicker
        {...permissionSets}
        onSearchChange={setSetSearch}
        isRequired
        value={values.permissionSetArn}
        onChange={permissionSetArn => change({ permissionSetArn })}
      />
      <DurationPicker
        value={values.duration}
        onChange={duration => change({ duration })}
      />
      <TextField
        label={t('request.form.justification')}
        value={values.justification ?? ''}
        onChange={justification => change({ justification })}
      />
      <TextField
        label={t('request.form.ticket')}
        value={values.ticket ?? ''}
        onChange={ticket => change({ ticket })}
      />
      <Checkbox
        isSelected={values.filedByActor ?? false}
        onChange={filedByActor => change({ filedByActor })}
      >
        {t('policy.filedByActor')}
      </Checkbox>
      <Button
        type="submit"
        variant="primary"
        isDisabled={!isComplete}
        isPending={props.isRunning}
      >
        {t('policy.simulate')}
      </Button>
    </form>
  );
}
