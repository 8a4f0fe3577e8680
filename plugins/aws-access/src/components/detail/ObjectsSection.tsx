import { Flex, Text } from '@backstage/ui';
import {
  Plan,
  PlanAction,
  PlanObject,
} from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { accountOfObject, EndedAccounts } from '../../model/endedAccounts';
import { readPermissionSet } from '../../model/permissionSetDifference';
import { groupByAction } from '../../model/planObjects';
import { PermissionSetChange } from '../code/PermissionSetChange';
import { Section } from '../common/Section';
import classes from './detail.module.css';
import { EndedMark } from './EndedMark';
import { ScopeLine } from './ScopeLine';

const SIGNS = {
  create: '+',
  change: '~',
  remove: '−',
  untouched: '=',
  adopt: '◎',
} as const satisfies Record<PlanAction, string>;

/** The objects in Entra and AWS by what happens to them, none of them hidden. */
export function ObjectsSection(props: { plan: Plan; ended: EndedAccounts }) {
  const t = useTexts();
  return (
    <Section title={t('detail.objects')}>
      <Flex direction="column" gap="5">
        {groupByAction(props.plan.objects).map(({ action, objects }) => (
          <div key={action} className={classes.group}>
            <Text as="h4" weight="bold">
              <span
                className={classes.action}
                data-action={action}
                aria-hidden="true"
              >
                {SIGNS[action]}{' '}
              </span>
              {t(`detail.objectGroup.${action}`, { count: objects.length })}
            </Text>
            <ul className={classes.list}>
              {objects.map(object => (
                <li key={object.key} className={classes.object}>
                  <span className={classes.inline}>
                    <span>{object.summary}</span>
                    <EndedMark part={endedWith(object)} />
                  </span>
                  <ObjectContent plan={props.plan} object={object} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Flex>
    </Section>
  );

  function endedWith({ action, before, after }: PlanObject) {
    if (action !== 'create' && action !== 'adopt') return undefined;
    const accountId = accountOfObject(after ?? before);
    return accountId === undefined ? undefined : props.ended.get(accountId);
  }
}

/** What the sentence about an object leaves out. */
function ObjectContent({ plan, object }: { plan: Plan; object: PlanObject }) {
  const t = useTexts();
  if (object.action === 'untouched' || object.action === 'adopt') return null;
  if (object.kind === 'permissionSet') {
    return (
      <PermissionSetChange
        before={readPermissionSet(object.before)}
        after={readPermissionSet(object.after)}
      />
    );
  }
  if (object.kind === 'scope') {
    return <ScopeLine plan={plan} document={object.after ?? object.before} />;
  }
  return object.before === null && object.after === null ? null : (
    <details className={classes.documents}>
      <summary>{t('detail.documents')}</summary>
      <div className={classes.documentPair}>
        <PlanDocument title={t('detail.before')} value={object.before} />
        <PlanDocument title={t('detail.after')} value={object.after} />
      </div>
    </details>
  );
}

function PlanDocument(props: { title: string; value: unknown }) {
  const t = useTexts();
  return (
    <div>
      <Text variant="body-small" color="secondary">
        {props.title}
      </Text>
      <pre className={classes.document}>
        {props.value === null
          ? t('detail.nothing')
          : JSON.stringify(props.value, null, 2)}
      </pre>
    </div>
  );
}
