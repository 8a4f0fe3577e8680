import { Button, Checkbox, Flex, Text } from '@backstage/ui';
import { FormEvent, useId, useState } from 'react';
import { useRequestChoices } from '../../hooks/useRequestChoices';
import { useRequestForm } from '../../hooks/useRequestForm';
import { Simulation } from '../../hooks/useSimulation';
import { useCatalogSearch } from '../../hooks/useTeams';
import { useTexts } from '../../hooks/useTexts';
import { createErrorLookup } from '../../model/fieldErrors';
import { PersonPicker } from '../pickers/PersonPicker';
import { TeamPicker } from '../pickers/TeamPicker';
import { RequestFields } from '../request/RequestFields';
import classes from '../request/RequestForm.module.css';

/** Anybody's request, of any kind, to try the rules on. */
export function SimulationForm(props: {
  isRunning: boolean;
  onSimulate: (simulation: Simulation) => void;
}) {
  const t = useTexts();
  const noteId = useId();
  const [requester, setRequester] = useState<string>();
  const [filedByActor, setFiledByActor] = useState(false);
  const [personSearch, setPersonSearch] = useState('');
  const [teamSearch, setTeamSearch] = useState('');
  const form = useRequestForm(requester, {});
  const { team } = form.values;
  const people = useCatalogSearch('User', personSearch);
  const teams = useCatalogSearch('Group', teamSearch);
  const choices = useRequestChoices(team);
  const note = describe();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!requester || !form.previewInput) return;
    props.onSimulate({ input: form.previewInput, requester, filedByActor });
  };
  return (
    <form
      className={classes.fields}
      onSubmit={submit}
      aria-label={t('policy.try')}
      noValidate
    >
      <RequestFields
        form={form}
        choices={choices}
        isReasonRequired={false}
        errorAt={createErrorLookup(form.issues, undefined, form.built)}
        team={
          <>
            <PersonPicker
              label={t('policy.requester')}
              description={t('policy.requesterHint')}
              items={people.data ?? []}
              loading={people.isPending}
              error={people.error}
              onSearchChange={setPersonSearch}
              isRequired
              value={requester}
              onChange={setRequester}
            />
            <TeamPicker
              description={t('policy.teamHint')}
              items={teams.data ?? []}
              loading={teams.isPending}
              error={teams.error}
              onSearchChange={setTeamSearch}
              isRequired
              value={team}
              onChange={chosen => form.change({ team: chosen })}
            />
          </>
        }
      />
      <Checkbox isSelected={filedByActor} onChange={setFiledByActor}>
        {t('policy.filedByActor')}
      </Checkbox>
      <Flex gap="3" align="center">
        <Button
          type="submit"
          variant="primary"
          isDisabled={note !== ''}
          isPending={props.isRunning}
          aria-describedby={noteId}
        >
          {t('policy.simulate')}
        </Button>
        <Text
          id={noteId}
          variant="body-small"
          color="secondary"
          aria-live="polite"
        >
          {note}
        </Text>
      </Flex>
    </form>
  );

  /** Why it cannot be tried yet; a reason may be left out. */
  function describe() {
    if (!requester) return t('policy.choosePerson');
    if (form.missing && form.missing.field !== 'justification') {
      return t(`request.form.disabled.${form.missing.field}`);
    }
    return form.issues.length > 0 ? t('request.form.disabled.invalid') : '';
  }
}
