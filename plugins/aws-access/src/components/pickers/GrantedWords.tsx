import { Text } from '@backstage/ui';
import { usePermissionSet } from '../../hooks/usePermissionSets';
import { useTexts } from '../../hooks/useTexts';
import classes from './GrantedWords.module.css';

/** So many sentences fit beside a form; the permission set's page has all. */
const MOST_SENTENCES = 4;

/** What a permission set really grants, in a few words under its picker. */
export function GrantedWords(props: { arn: string }) {
  const t = useTexts();
  const { effectiveAccess } = usePermissionSet(props.arn).data ?? {};
  if (!effectiveAccess) return null;
  const { words, limits, unknown } = effectiveAccess;
  const more =
    Math.max(0, words.length - MOST_SENTENCES) + limits.length + unknown.length;
  return (
    <div className={classes.words} role="note">
      <Text variant="body-small" weight="bold">
        {t('permissionSet.grants')}
      </Text>
      <ul className={classes.list}>
        {(words.length > 0
          ? words.slice(0, MOST_SENTENCES)
          : [t('permissionSet.grantsNothing')]
        ).map(sentence => (
          <li key={sentence}>
            <Text variant="body-small">{sentence}</Text>
          </li>
        ))}
        {more > 0 && (
          <li>
            <Text variant="body-small" color="secondary">
              {t('picker.permissionSet.more', { count: more })}
            </Text>
          </li>
        )}
      </ul>
    </div>
  );
}
