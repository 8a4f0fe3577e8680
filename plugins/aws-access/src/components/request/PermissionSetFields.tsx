import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Alert,
  Flex,
  Radio,
  RadioGroup,
  Select,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import { useEffect, useState } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { formatIsoDuration } from '../../model/formatDuration';
import {
  emptyDesign,
  PermissionSetDesign,
  toDesign,
  toPermissionSetDocument,
} from '../../model/permissionSetDesign';
import { PolicyEditor } from '../code/PolicyEditor';
import { PermissionSetCheck } from '../permissionSets/PermissionSetCheck';
import { PermissionSetPicker } from '../pickers/PermissionSetPicker';
import { WishFieldsProps } from './fieldProps';

/** AWS's bounds: one to twelve hours. */
const SESSION_DURATIONS = Array.from({ length: 12 }, (_, at) => `PT${at + 1}H`);

/** A new permission set, or another content for one that exists. */
export function PermissionSetFields(props: WishFieldsProps) {
  const t = useTexts();
  const { wish, onChange, choices } = props;
  const isChange = wish.changesSet;
  const [copied, setCopied] = useState<string>();
  const find = (arn: string | undefined) =>
    choices.permissionSets.items.find(set => set.arn === arn);
  const startFrom = (arn: string | undefined) => {
    const set = find(arn);
    setCopied(arn);
    if (!set) return;
    onChange({
      changedSet: isChange ? arn : undefined,
      design: { ...toDesign(set), ...(!isChange && { name: '' }) },
    });
  };
  const isLoaded = wish.design !== emptyDesign;
  const hasDesign = !isChange || (wish.changedSet !== undefined && isLoaded);
  useEffect(() => {
    // A link has chosen it, and its content comes later.
    if (isChange && !isLoaded && find(wish.changedSet)) {
      startFrom(wish.changedSet);
    }
  });
  return (
    <>
      <RadioGroup
        label={t('request.design.which')}
        orientation="horizontal"
        value={isChange ? 'change' : 'new'}
        onChange={value => {
          setCopied(undefined);
          onChange({
            changesSet: value === 'change',
            changedSet: undefined,
            design: emptyDesign,
          });
        }}
      >
        <Radio value="new">{t('request.design.new')}</Radio>
        <Radio value="change">{t('request.design.change')}</Radio>
      </RadioGroup>
      <PermissionSetPicker
        {...choices.permissionSets}
        {...(!isChange && {
          label: t('request.design.copy'),
          description: t('request.design.copyHint'),
        })}
        isRequired={isChange}
        value={isChange ? wish.changedSet : copied}
        onChange={startFrom}
      />
      {isChange && (
        <Alert status="warning" icon title={t('request.design.changeHint')} />
      )}
      {hasDesign && (
        <DesignFields
          design={wish.design}
          isChange={isChange}
          errorAt={props.errorAt}
          isPreviewed={props.isPreviewed}
          onChange={changed =>
            onChange({ design: { ...wish.design, ...changed } })
          }
        />
      )}
    </>
  );
}

function DesignFields(props: {
  design: PermissionSetDesign;
  isChange: boolean;
  errorAt: WishFieldsProps['errorAt'];
  isPreviewed: boolean;
  onChange: (changed: Partial<PermissionSetDesign>) => void;
}) {
  const t = useTexts();
  const { design, errorAt, onChange } = props;
  const error = (field: string) => errorAt(`design.${field}`);
  /** A text that AWS has its own rules for; what is wrong stands under it. */
  const text = (
    field: 'name' | 'description' | 'relayState' | 'permissionsBoundary',
    options: { isRequired?: boolean; isDisabled?: boolean } = {},
  ) => (
    <TextField
      {...options}
      label={t(`request.design.${field}`)}
      description={error(field) ?? t(`request.design.${field}Hint`)}
      isInvalid={Boolean(error(field))}
      value={design[field]}
      onChange={value => onChange({ [field]: value })}
    />
  );
  const lines = (
    field: 'managedPolicies' | 'customerManagedPolicies' | 'tags',
  ) => (
    <TextAreaField
      label={t(`request.design.${field}`)}
      description={error(field) ?? t(`request.design.${field}Hint`)}
      isInvalid={Boolean(error(field))}
      rows={2}
      value={design[field]}
      onChange={value => onChange({ [field]: value })}
    />
  );
  const sessions = SESSION_DURATIONS.includes(design.sessionDuration)
    ? SESSION_DURATIONS
    : [...SESSION_DURATIONS, design.sessionDuration];
  return (
    <Flex direction="column" gap="5">
      {text('name', { isRequired: true, isDisabled: props.isChange })}
      {text('description')}
      <Select
        selectionMode="single"
        label={t('request.design.sessionDuration')}
        description={t('request.design.sessionDurationHint')}
        options={sessions.map(duration => ({
          id: duration,
          label: formatIsoDuration(duration),
        }))}
        value={design.sessionDuration}
        onChange={key => onChange({ sessionDuration: String(key) })}
      />
      {lines('managedPolicies')}
      <PolicyEditor
        value={design.inlinePolicy}
        errorMessage={error('inlinePolicy')}
        onChange={inlinePolicy => onChange({ inlinePolicy })}
      />
      <Accordion defaultExpanded={hasMore(design)}>
        <AccordionTrigger title={t('request.design.more')} />
        <AccordionPanel>
          <Flex direction="column" gap="5">
            {lines('customerManagedPolicies')}
            {text('permissionsBoundary')}
            {text('relayState')}
            {lines('tags')}
          </Flex>
        </AccordionPanel>
      </Accordion>
      <PermissionSetCheck
        document={hasPolicy(design) ? toCheck(design) : undefined}
        isPreviewed={props.isPreviewed}
      />
    </Flex>
  );
}

/** Without a policy it grants nothing, and there is nothing to say about it. */
function hasPolicy(design: PermissionSetDesign): boolean {
  return Boolean(
    design.managedPolicies.trim() ||
      design.customerManagedPolicies.trim() ||
      design.inlinePolicy.trim(),
  );
}

/** Of what is checked, how it is called and described means nothing. */
function toCheck(design: PermissionSetDesign) {
  const { name: _name, ...document } = toPermissionSetDocument({
    ...design,
    description: '',
    tags: '',
  });
  return document;
}

/** What is there must not be overlooked. */
function hasMore(design: PermissionSetDesign): boolean {
  return Boolean(
    design.customerManagedPolicies ||
      design.permissionsBoundary ||
      design.relayState ||
      design.tags,
  );
}
