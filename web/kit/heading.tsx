import { useLayoutEffect, useRef } from 'preact/hooks';

/** The heading of a view, which has the focus when the view opens. */
export const ViewHeading = ({ children }: { children: string }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  // Before it is drawn, as in signing in.
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
};
