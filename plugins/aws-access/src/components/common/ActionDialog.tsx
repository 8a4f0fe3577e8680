import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  TextAreaField,
} from '@backstage/ui';
import { ReactNode, useState } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { Readable } from './Readable';

/**
 * Asks once more before something happens, and repeats what it is. Stays open
 * while it happens and when it fails, so that nothing typed is lost.
 */
export function ActionDialog(props: {
  title: string;
  confirmLabel: string;
  children: ReactNode;
  destructive?: boolean;
  /** Whether a reason is asked for, and whether it may be empty. */
  reason?: 'required' | 'optional';
  isPending: boolean;
  /** The dialog's own fields do not say yet what would happen. */
  isBlocked?: boolean;
  /** What went wrong, in plain words. */
  failure?: string;
  onConfirm: (reason: string | undefined) => void;
  onClose: () => void;
}) {
  const t = useTexts();
  const [reason, setReason] = useState('');
  const isIncomplete = props.reason === 'required' && !reason.trim();
  return (
    <Dialog
      isOpen
      isDismissable
      width={560}
      onOpenChange={isOpen => {
        if (!isOpen) props.onClose();
      }}
    >
      <Readable>
        <DialogHeader>{props.title}</DialogHeader>
        <DialogBody>
          <Flex direction="column" gap="4">
            {props.children}
            {props.reason && (
              <TextAreaField
                label={
                  props.reason === 'required'
                    ? t('detail.reason')
                    : t('detail.reasonOptional')
                }
                isRequired={props.reason === 'required'}
                maxLength={2000}
                value={reason}
                onChange={setReason}
              />
            )}
            {props.failure && (
              <Alert
                status="danger"
                icon
                role="alert"
                title={t('detail.actionFailed')}
                description={t('detail.actionFailedBody', {
                  message: props.failure,
                })}
              />
            )}
          </Flex>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onPress={props.onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            variant="primary"
            destructive={props.destructive}
            isDisabled={isIncomplete || props.isBlocked}
            isPending={props.isPending}
            onPress={() => props.onConfirm(reason.trim() || undefined)}
          >
            {props.confirmLabel}
          </Button>
        </DialogFooter>
      </Readable>
    </Dialog>
  );
}
