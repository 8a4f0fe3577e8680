import { FieldLabel, Skeleton, Text } from '@backstage/ui';
import { MOST_INLINE_POLICY_CHARACTERS } from 'backstage-plugin-aws-access-common';
import { lazy, Suspense, useCallback, useId, useRef } from 'react';
import { useTexts } from '../../hooks/useTexts';
import classes from './code.module.css';
import { PolicySizeMeter } from './PolicySizeMeter';

const PolicyCodeEditor = lazy(() => import('./PolicyCodeEditor'));

/** Writes a policy: what is wrong is marked, how much of it fits is counted. */
export function PolicyEditor(props: {
  value: string;
  onChange: (text: string) => void;
  label?: string;
  description?: string;
  errorMessage?: string;
}) {
  const t = useTexts();
  const hintId = useId();
  const after = useRef<HTMLDivElement>(null);
  // Behind the editor, so that the next Tab is at what comes after it.
  const leave = useCallback(() => after.current?.focus(), []);
  const label = props.label ?? t('policyEditor.label');
  return (
    <div className={classes.editor}>
      <FieldLabel
        label={label}
        description={props.description ?? t('policyEditor.description')}
      />
      <Suspense
        fallback={
          <Skeleton
            height={200}
            role="status"
            aria-label={t('picker.loading')}
          />
        }
      >
        <PolicyCodeEditor
          value={props.value}
          label={label}
          describedBy={hintId}
          isInvalid={Boolean(props.errorMessage)}
          onChange={props.onChange}
          onLeave={leave}
        />
      </Suspense>
      <div ref={after} tabIndex={-1} className={classes.after}>
        <PolicySizeMeter
          text={props.value}
          most={MOST_INLINE_POLICY_CHARACTERS}
        />
        <Text id={hintId} variant="body-small" color="secondary">
          {t('policyEditor.keys')}
        </Text>
      </div>
      {props.errorMessage && (
        <Text variant="body-small" color="danger" role="alert">
          {props.errorMessage}
        </Text>
      )}
    </div>
  );
}
