import { ButtonLink, Container } from '@backstage/ui';
import { RiMapPinLine } from '@remixicon/react';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { EmptyState } from './EmptyState';

/** An address below the plugin's page that leads nowhere. */
export function NoSuchPage() {
  const t = useTexts();
  const routes = useRoutes();
  return (
    <Container>
      <EmptyState
        icon={<RiMapPinLine />}
        title={t('error.noSuchPageTitle')}
        body={t('error.noSuchPageBody')}
        action={
          <ButtonLink href={routes.home()}>{t('error.toMyAccess')}</ButtonLink>
        }
      />
    </Container>
  );
}
