import { Checkbox, Flex } from '@backstage/ui';
import { useState } from 'react';
import { useCatalogSearch } from '../../hooks/useTeams';
import { useTexts } from '../../hooks/useTexts';
import { PersonPicker } from '../pickers/PersonPicker';

/**
 * Files a request for somebody else. Whether one may is the server's answer, in
 * the preview.
 */
export function OnBehalfField(props: {
  value: string | undefined;
  errorMessage: string | undefined;
  onChange: (entityRef: string | undefined) => void;
}) {
  const t = useTexts();
  const [isChosen, setIsChosen] = useState(props.value !== undefined);
  const [search, setSearch] = useState('');
  const people = useCatalogSearch('User', search);
  return (
    <Flex direction="column" gap="3">
      <Checkbox
        isSelected={isChosen}
        onChange={chosen => {
          setIsChosen(chosen);
          if (!chosen) props.onChange(undefined);
        }}
      >
        {t('request.form.onBehalf')}
      </Checkbox>
      {isChosen && (
        <PersonPicker
          label={t('request.form.onBehalfOf')}
          description={t('request.form.onBehalfOfHint')}
          items={people.data ?? []}
          loading={people.isPending}
          error={people.error}
          onSearchChange={setSearch}
          isRequired
          value={props.value}
          errorMessage={props.errorMessage}
          onChange={props.onChange}
        />
      )}
    </Flex>
  );
}
