import { Flex, Text } from '@backstage/ui';
import { PermissionSetDetail } from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import { usePermissionSetChoices } from '../../hooks/usePermissionSetChoices';
import { usePermissionSet } from '../../hooks/usePermissionSets';
import { useTexts } from '../../hooks/useTexts';
import { compareServices } from '../../model/compareServices';
import { PermissionSetChange } from '../code/PermissionSetChange';
import { QueryView } from '../common/QueryView';
import { RowsSkeleton } from '../common/RowsSkeleton';
import { Section } from '../common/Section';
import { PermissionSetPicker } from '../pickers/PermissionSetPicker';
import { ServiceComparisonTable } from './ServiceComparisonTable';

/** Chooses another permission set, and shows in what the two differ. */
export function CompareSection(props: {
  set: PermissionSetDetail;
  /** ARN of the other one. */
  other: string | undefined;
  onChoose: (arn: string | undefined) => void;
}) {
  const t = useTexts();
  const { set, other } = props;
  const [search, setSearch] = useState('');
  const choices = usePermissionSetChoices(search);
  const compared = usePermissionSet(other, set.organizationId);
  return (
    <Section title={t('permissionSet.compare')}>
      <Flex direction="column" gap="4">
        <PermissionSetPicker
          {...choices}
          items={choices.items
            .filter(
              ({ arn, organizationId }) =>
                arn !== set.arn && organizationId === set.organizationId,
            )
            // A protected one may be looked at, if not be asked for.
            .map(item => ({ ...item, isProtected: false }))}
          label={t('permissionSet.compareWith')}
          description={t('permissionSet.compareHint')}
          onSearchChange={setSearch}
          value={other}
          onChange={props.onChoose}
        />
        {other ? (
          <QueryView query={compared} skeleton={<RowsSkeleton />}>
            {to => <Comparison from={set} to={to} />}
          </QueryView>
        ) : (
          <Text color="secondary">{t('permissionSet.compareIdle')}</Text>
        )}
      </Flex>
    </Section>
  );
}

function Comparison(props: {
  from: PermissionSetDetail;
  to: PermissionSetDetail;
}) {
  const t = useTexts();
  const { from, to } = props;
  const services = compareServices(from.effectiveAccess, to.effectiveAccess);
  return (
    <Flex direction="column" gap="4">
      <Text as="h4" weight="bold">
        {t('permissionSet.compareTitle', { from: from.name, to: to.name })}
      </Text>
      {/* That the names differ is no news. */}
      <PermissionSetChange before={{ ...from, name: to.name }} after={to} />
      <Text as="h4" weight="bold">
        {t('permissionSet.compareServices')}
      </Text>
      {services.length === 0 ? (
        <Text color="secondary">{t('permissionSet.compareSame')}</Text>
      ) : (
        <ServiceComparisonTable
          services={services}
          names={{ from: from.name, to: to.name }}
        />
      )}
    </Flex>
  );
}
