import { Button, ButtonLink, Flex } from '@backstage/ui';
import {
  RiExternalLinkLine,
  RiFileCopyLine,
  RiCheckLine,
} from '@remixicon/react';
import useCopyToClipboard from 'react-use/esm/useCopyToClipboard';
import { useTexts } from '../../hooks/useTexts';
import { AccessPortal, toCliProfile } from '../../model/cliProfile';
import { MyEntry } from '../../model/groupMyAccess';

/** The console, the command line, and the way back. */
export function EntryActions(props: {
  myEntry: MyEntry;
  /** The organization's access portal; without it there is no CLI profile. */
  portal: AccessPortal | undefined;
  onGiveBack: () => void;
  onExtend: () => void;
}) {
  const t = useTexts();
  const [copied, copy] = useCopyToClipboard();
  const { entry, request, reach } = props.myEntry;
  const names = {
    account: entry.account.name,
    permissionSet: entry.permissionSet.name,
  };
  return (
    <Flex gap="1" align="center" style={{ flexWrap: 'wrap' }}>
      {entry.consoleUrl && reach === 'usable' && (
        <ButtonLink
          size="small"
          variant="secondary"
          href={entry.consoleUrl}
          target="_blank"
          rel="noopener noreferrer"
          iconEnd={<RiExternalLinkLine aria-hidden="true" />}
          aria-label={t('myAccess.openConsoleOf', names)}
        >
          {t('action.openConsole')}
        </ButtonLink>
      )}
      {props.portal && reach === 'usable' && (
        <Button
          size="small"
          variant="tertiary"
          iconStart={
            copied.value ? (
              <RiCheckLine aria-hidden="true" />
            ) : (
              <RiFileCopyLine aria-hidden="true" />
            )
          }
          aria-label={t('myAccess.cliOf', names)}
          onPress={() => copy(toCliProfile(entry, props.portal!))}
        >
          {copied.value ? t('myAccess.cliCopied') : t('myAccess.cli')}
        </Button>
      )}
      {request?.flags.canExtend && entry.until && (
        <Button
          size="small"
          variant="tertiary"
          aria-label={t('myAccess.extendOf', names)}
          onPress={props.onExtend}
        >
          {t('detail.extend')}
        </Button>
      )}
      {request?.flags.canReturn && (
        <Button
          size="small"
          variant="tertiary"
          aria-label={t('myAccess.giveBackOf', names)}
          onPress={props.onGiveBack}
        >
          {t('action.giveBack')}
        </Button>
      )}
      {copied.error && <span role="alert">{t('myAccess.cliFailed')}</span>}
    </Flex>
  );
}
