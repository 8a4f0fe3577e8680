import { Text } from '@backstage/ui';
import { usePermissionSet } from '../../hooks/usePermissionSets';
import { useTexts } from '../../hooks/useTexts';
import classes from './GrantedWords.module.css';

/** So many sentences fit beside a form; the permission set's page has all. */
const MOST_SENTENCES = 4;

/**
 * What a permission set really grants, in a few words under its picker. What
 * cannot be told comes first: it may be more than all that is known.
 */
export function GrantedWords(props: { arn: string }) {
  const t = useTexts();
  const { data } = usePermissionSet(props.arn);
  if (!data?.effectiveAccess) return null;
  const { words, limits, unknown } = data.effectiveAccess;
  const known = words.slice(0, Math.max(1, MOST_SENTENCES - unknown.length));
  const more = words.length - known.length + limits.length;
  return (
    <div className={classes.words} role="note">
      <Text variant="body-small" weight="bold">
        {t('permissionSet.grants')}
      </Text>
      <ul className={classes.list}>
        {unknown.map(sentence => (
          <li key={sentence}>
            <Text variant="body-small">
              {t('picker.permissionSet.unknown', { what: sentence })}
            </Text>
          </li>
        ))}
        {(words.length > 0 || unknown.length > 0
          ? known
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
