import { ProxiedSignInPage } from '@backstage/core-components';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { useState } from 'react';
import { DemoPerson } from './readDemoPeople';
import { forgetOnSignOut } from './forgetOnSignOut';
import { NotSignedInYet } from './NotSignedInYet';

/** Signs one person in, and again for as long as the catalog does not know them yet. */
export function SigningIn(props: {
  person: DemoPerson;
  onSignInSuccess: SignInPageProps['onSignInSuccess'];
  onCancel: () => void;
}) {
  const { person, onSignInSuccess, onCancel } = props;
  const [attempt, setAttempt] = useState(1);

  return (
    <ProxiedSignInPage
      key={attempt}
      provider="demo"
      headers={{ 'x-demo-person': person.entityRef }}
      onSignInSuccess={identity => onSignInSuccess(forgetOnSignOut(identity))}
      ErrorComponent={({ error }) => (
        <NotSignedInYet
          person={person}
          error={error}
          onRetry={() => setAttempt(attempt + 1)}
          onCancel={onCancel}
        />
      )}
    />
  );
}
