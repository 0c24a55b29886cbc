import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { ViewHeading } from '../kit/heading.tsx';

interface Props {
  title: string;
  children: ComponentChildren;
}

/** Has the tab called what the page is. */
export const useTitle = (title: string): void =>
  useEffect(() => {
    document.title = `${title} · Plano Orders`;
  }, [title]);

/** A page with one thing to do on it. */
export const Frame = ({ title, children }: Props) => {
  useTitle(title);
  return (
    <main class="alone">
      <ViewHeading>{title}</ViewHeading>
      {children}
    </main>
  );
};
