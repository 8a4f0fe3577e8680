import { Link } from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';

/** Another request, by its number. */
export function RequestLink(props: {
  request: { id: string; number: number };
  /** As large as the text around it; default: as the text of the page. */
  variant?: 'body-small';
}) {
  const t = useTexts();
  const routes = useRoutes();
  const { id, number } = props.request;
  return (
    <Link href={routes.request(id)} variant={props.variant}>
      {t('detail.number', { number: String(number) })}
    </Link>
  );
}
