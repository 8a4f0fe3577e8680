import { IdentityApi } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DemoSignInPage } from './DemoSignInPage';

const people = [
  { entityRef: 'user:default/ana', name: 'Ana Alves', about: 'A developer.' },
  { entityRef: 'user:default/otto', name: 'Otto Olsen', about: 'An owner.' },
];
const config = {
  backend: { baseUrl: 'http://localhost:7007' },
  auth: { providers: { demo: { people } } },
};

function answer(status: number, body: object) {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

function signedIn(entityRef: string) {
  return answer(200, {
    profile: {},
    backstageIdentity: {
      token: 'a.eyJleHAiOjQxMDI0NDQ4MDB9.b',
      identity: {
        type: 'user',
        userEntityRef: entityRef,
        ownershipEntityRefs: [entityRef],
      },
    },
  });
}

function refused(status: number, name: string) {
  return answer(status, {
    error: { name, message: name },
    response: { statusCode: status },
  });
}

describe('DemoSignInPage', () => {
  const fetchMock = jest.spyOn(global, 'fetch');
  const onSignInSuccess = jest.fn<void, [IdentityApi]>();

  beforeEach(() => {
    window.sessionStorage.clear();
    fetchMock.mockReset();
    onSignInSuccess.mockReset();
  });

  afterAll(() => fetchMock.mockRestore());

  const render = () =>
    renderInTestApp(<DemoSignInPage onSignInSuccess={onSignInSuccess} />, {
      config,
    });

  it('signs in as the chosen person, stays so in this tab, and forgets at sign-out', async () => {
    fetchMock.mockImplementation(async () => signedIn('user:default/otto'));
    const first = render();
    expect(await screen.findByText('A developer.')).toBeInTheDocument();

    await userEvent.click(screen.getByText('Otto Olsen'));
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    const [url, init] = fetchMock.mock.calls[0];
    expect(String(url)).toMatch(/\/demo\/refresh$/);
    expect(new Headers(init?.headers).get('x-demo-person')).toBe(
      'user:default/otto',
    );
    first.unmount();

    render();
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(2));
    await onSignInSuccess.mock.calls[1][0].signOut();
    expect(window.sessionStorage).toHaveLength(0);
  });

  it('tries again by itself while the catalog is being read', async () => {
    window.sessionStorage.setItem('demo-sign-in:person', 'user:default/ana');
    jest.useFakeTimers();
    try {
      fetchMock.mockImplementation(async () => refused(404, 'NotFoundError'));
      render();
      expect(
        await screen.findByText('The portal is still reading its catalog'),
      ).toBeInTheDocument();

      fetchMock.mockImplementation(async () => signedIn('user:default/ana'));
      act(() => jest.runOnlyPendingTimers());
      await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    } finally {
      jest.useRealTimers();
    }
  });

  it('says why somebody is refused and lets the visitor be somebody else', async () => {
    fetchMock.mockImplementation(async () =>
      refused(401, 'AuthenticationError'),
    );
    render();
    await userEvent.click(await screen.findByText('Ana Alves'));
    expect(
      await screen.findByText('Ana Alves could not be signed in'),
    ).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Be somebody else' }),
    );
    expect(await screen.findByText('An owner.')).toBeInTheDocument();
    expect(window.sessionStorage).toHaveLength(0);
    expect(onSignInSuccess).not.toHaveBeenCalled();
  });
});
