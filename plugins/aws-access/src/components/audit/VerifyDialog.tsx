import { Text, TextField } from '@backstage/ui';
import { Organization } from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import { useAuditVerification } from '../../hooks/useAudit';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import { ActionDialog } from '../common/ActionDialog';
import { OrganizationSelect } from '../common/OrganizationSelect';

/** SHA-256 in hexadecimal, as the portal's log writes it. */
const HASH = /^[0-9a-f]{64}$/;

/** Walks the chain, and further than itself where a head of it is known. */
export function VerifyDialog(props: {
  organizations: readonly Organization[];
  verification: ReturnType<typeof useAuditVerification>;
  onClose: () => void;
}) {
  const t = useTexts();
  const { organizations, verification } = props;
  const [organizationId, setOrganizationId] = useState<string | undefined>(
    organizations[0]?.id,
  );
  const [row, setRow] = useState('');
  const [hash, setHash] = useState('');
  const typed = hash.trim().toLowerCase();
  const sequence = Number(row);
  const hasRow = /^\d{1,15}$/.test(row.trim()) && sequence > 0;
  const hasNothing = row.trim() === '' && typed === '';
  const isComplete = hasNothing || (hasRow && HASH.test(typed));
  return (
    <ActionDialog
      title={t('audit.verifyTitle')}
      confirmLabel={t('audit.verify')}
      isPending={verification.isPending}
      isBlocked={!isComplete}
      failure={
        verification.error ? getErrorMessage(verification.error) : undefined
      }
      onClose={props.onClose}
      onConfirm={() =>
        verification.mutate(
          {
            organizationId,
            ...(hasRow && { knownHead: { sequence, hash: typed } }),
          },
          { onSuccess: props.onClose },
        )
      }
    >
      <Text>{t('audit.verifyBody')}</Text>
      <OrganizationSelect
        organizations={organizations}
        value={organizationId}
        onChange={setOrganizationId}
      />
      <TextField
        label={t('audit.knownRow')}
        description={t('audit.knownHint')}
        inputMode="numeric"
        isInvalid={row.trim() !== '' && !hasRow}
        value={row}
        onChange={setRow}
      />
      <TextField
        label={t('audit.knownHash')}
        value={hash}
        isInvalid={typed !== '' && !HASH.test(typed)}
        onChange={setHash}
      />
      {!isComplete && (
        <Text variant="body-small" color="secondary">
          {t('audit.knownIncomplete')}
        </Text>
      )}
    </ActionDialog>
  );
}
