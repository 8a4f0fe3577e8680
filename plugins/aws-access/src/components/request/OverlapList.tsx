import { Link, Text } from '@backstage/ui';
import { Overlap } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { StateChip } from '../common/StateChip';
import classes from './PreviewPanel.module.css';

/** Open requests and live access that overlap: shown, and no obstacle. */
export function OverlapList(props: { overlaps: readonly Overlap[] }) {
  const t = useTexts();
  const routes = useRoutes();
  return (
    <>
      <ul className={classes.sentences}>
        {props.overlaps.map(overlap => (
          <li key={overlap.id}>
            {overlap.extent === 'same'
              ? t('preview.overlapSame')
              : t('preview.overlapSome')}
            {': '}
            <Link href={routes.request(overlap.id)}>
              {t('detail.number', { number: String(overlap.number) })}
            </Link>{' '}
            <StateChip state={overlap.state} /> {overlap.text}
          </li>
        ))}
      </ul>
      <Text variant="body-small" color="secondary">
        {t('preview.overlapHint')}
      </Text>
    </>
  );
}
