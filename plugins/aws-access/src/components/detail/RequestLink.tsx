import { Link } from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';

/** Another request, by its number. */
export function RequestLink(props: {
  request: { id: string; number: number };
}) {
  const t = useTexts();
  const routes = useRoutes();
  const { id, number } = props.request;
  return (
    <Link href={routes.request(id)}>
      {t('detail.number', { number: String(number) })}
    </Link>
  );
}
