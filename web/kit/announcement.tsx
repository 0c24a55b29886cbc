import { useCallback, useState } from 'preact/hooks';

interface Said {
  text: string;
  /** How many things were said so far, so that the same words are said again. */
  count: number;
}

/** What was said last, and what says more. */
export const useAnnouncements = () => {
  const [said, setSaid] = useState<Said>({ text: '', count: 0 });
  const announce = useCallback((text: string) => setSaid(({ count }) => ({ text, count: count + 1 })), []);
  return { said, announce };
};

/** Says what has happened without taking the focus. */
export const Announcement = ({ said: { text, count } }: { said: Said }) => (
  <div class="announcement" role="status">
    <p key={count}>{text}</p>
  </div>
);
