import { Alert, Flex, Text } from '@backstage/ui';
import { EffectiveAccess } from 'backstage-plugin-aws-access-common';
import { ReactNode } from 'react';
import { useTexts } from '../../hooks/useTexts';
import classes from './permissionSets.module.css';

/**
 * What a permission set really grants, in words: also what narrows it, and what
 * cannot be told. None of it is folded away.
 */
export function EffectiveAccessView(props: {
  access: EffectiveAccess;
  /** Left out while it is being written: there is always something missing. */
  saysNoLimits?: boolean;
}) {
  const t = useTexts();
  const { words, limits, unknown } = props.access;
  return (
    <Flex direction="column" gap="4">
      <Sentences
        sentences={
          words.length > 0 ? words : [t('permissionSet.grantsNothing')]
        }
        label={t('permissionSet.grants')}
      />
      {limits.length > 0 && (
        <Titled title={t('permissionSet.limits')}>
          <Sentences sentences={limits} label={t('permissionSet.limits')} />
        </Titled>
      )}
      {limits.length === 0 && words.length > 0 && props.saysNoLimits && (
        <Text color="secondary">{t('permissionSet.noLimits')}</Text>
      )}
      {unknown.length > 0 && (
        <Alert
          status="warning"
          icon
          title={t('permissionSet.unknown')}
          description={
            <Sentences sentences={unknown} label={t('permissionSet.unknown')} />
          }
        />
      )}
    </Flex>
  );
}

function Titled(props: { title: string; children: ReactNode }) {
  return (
    <Flex direction="column" gap="2">
      <Text as="h4" weight="bold">
        {props.title}
      </Text>
      {props.children}
    </Flex>
  );
}

function Sentences(props: { sentences: readonly string[]; label: string }) {
  return (
    <ul className={classes.words} aria-label={props.label}>
      {props.sentences.map(sentence => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
