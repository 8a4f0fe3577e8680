import { Flex, Text } from '@backstage/ui';
import { PreviewResponse } from 'backstage-plugin-aws-access-common';
import { useNamedRefs } from '../../hooks/useNamedRefs';
import { useTexts } from '../../hooks/useTexts';
import classes from './PreviewPanel.module.css';

/** Which rules are about what, and which facts are missing. */
export function ExplanationList({ preview }: { preview: PreviewResponse }) {
  const t = useTexts();
  const named = useNamedRefs(
    (preview.explanation ?? []).flatMap(({ rules }) =>
      rules.flatMap(({ does }) => does),
    ),
  );
  const nameOf = (id: string) => {
    const account = preview.plan?.accounts.find(one => one.id === id);
    return account ? `${account.name} (${id})` : id;
  };
  return (
    <Flex direction="column" gap="3">
      {(preview.explanation ?? []).map(part => (
        <div key={`${part.permissionSet} ${part.accountIds.join()}`}>
          <Text variant="body-small" weight="bold">
            {t('policy.whyOf', {
              permissionSet: part.permissionSet,
              accounts:
                part.accountIds.map(nameOf).join(', ') || t('policy.noAccount'),
            })}
          </Text>
          <ul className={classes.sentences}>
            {part.rules.map(rule => (
              <li key={rule.name}>
                <Text>
                  {rule.name}: {named(rule.does.join('; '))}
                  {rule.unknown.length > 0 &&
                    ` (${t('policy.perhaps', {
                      facts: rule.unknown.join('; '),
                    })})`}
                </Text>
              </li>
            ))}
            {part.asksDefaultStage && (
              <li>
                <Text>{t('policy.asksDefault')}</Text>
              </li>
            )}
          </ul>
        </div>
      ))}
    </Flex>
  );
}
