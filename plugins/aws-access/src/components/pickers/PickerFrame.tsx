import { Alert, FieldLabel, Flex, Skeleton, Text } from '@backstage/ui';
import { Freshness } from 'backstage-plugin-aws-access-common';
import { ReactNode } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import { FreshnessLine } from '../common/FreshnessLine';

/** What every picker can be told about the choices it offers. */
export interface PickerState {
  /** The choices are on their way. */
  loading?: boolean;
  /** Why the choices could not be loaded. */
  error?: Error | null;
  /** Age of the inventory that the choices come from. */
  freshness?: Freshness;
  label?: string;
  description?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
  /** What is wrong with the value, shown at the field. */
  errorMessage?: string;
}

/** Loading, failed, and how-old-is-this around a picker. */
export function PickerFrame(
  props: PickerState & { hasItems: boolean; children: ReactNode },
) {
  const t = useTexts();
  if (props.loading && !props.hasItems) {
    return (
      // As high as the field that will be here: nothing jumps under a pointer.
      <Flex direction="column" gap="1" aria-busy="true">
        <FieldLabel label={props.label} description={props.description} />
        <Skeleton
          width="100%"
          height={32}
          aria-label={t('picker.loading')}
          role="status"
        />
      </Flex>
    );
  }
  return (
    <Flex direction="column" gap="1">
      {props.children}
      {props.errorMessage && (
        <Text variant="body-small" color="danger" role="alert">
          {props.errorMessage}
        </Text>
      )}
      {props.error && (
        <Alert
          status="danger"
          icon
          title={t('picker.loadFailed', {
            message: getErrorMessage(props.error),
          })}
          role="alert"
        />
      )}
      {/* Choices that are whole and recent need no words. */}
      {props.freshness && needsWords(props.freshness) && (
        <FreshnessLine freshness={props.freshness} />
      )}
    </Flex>
  );
}

function needsWords(freshness: Freshness) {
  return !freshness.complete || freshness.stale;
}
