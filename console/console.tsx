import { useEffect } from 'preact/hooks';
import type { Api } from './api.ts';

interface Props {
  api: Api;
  /** Of who is signed in. */
  name: string;
  onSignedOut: () => void;
}

export const Console = ({ api, name, onSignedOut }: Props) => {
  const signOut = async (): Promise<void> => {
    await api.post('sessions/destroy', {});
    onSignedOut();
  };
  useEffect(() => {
    document.title = 'Notifications · Plano Orders console';
  }, []);
  return (
    <>
      <header>
        <p class="brand">Plano Orders</p>
        <p class="who">{name}</p>
        <button type="button" onClick={signOut}>
          Sign out
        </button>
      </header>
      <main>
        <h1>Notifications</h1>
      </main>
    </>
  );
};
