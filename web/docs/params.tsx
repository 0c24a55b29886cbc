import { type Section, valueIn } from './sections.ts';
import { useVisit } from './visit.ts';

interface BodyProps {
  id: string;
  text: string;
  onEdit: (text: string) => void;
  /** Why it is no JSON; empty if it is, or was not looked at yet. */
  trouble: string;
}

/** The body of a `POST`, to be edited. */
export const Body = ({ id, text, onEdit, trouble }: BodyProps) => (
  <>
    <label for={id}>Body</label>
    <textarea
      id={id}
      class="code"
      spellcheck={false}
      autocomplete="off"
      autocapitalize="off"
      rows={Math.min(text.split('\n').length, 24)}
      value={text}
      onInput={(event) => onEdit(event.currentTarget.value)}
      aria-invalid={trouble !== ''}
      aria-describedby={`${id}-trouble`}
    />
    <p id={`${id}-trouble`} class="trouble" role="alert">
      {trouble && `This is no JSON that could be sent. ${trouble}`}
    </p>
  </>
);

/** The parameters of a `GET`, a field for each. What nobody has edited follows the order that was seen last. */
export const Query = ({ section: { id, query } }: { section: Section }) => {
  const { order } = useVisit();
  return (
    <div class="query">
      {query.map(([name, value]) => (
        <label key={name} for={`${id}-try-${name}`}>
          <code>{name}</code>
          <input
            id={`${id}-try-${name}`}
            class="code"
            name={name}
            autocomplete="off"
            spellcheck={false}
            defaultValue={value && String(valueIn(order, name, value))}
          />
        </label>
      ))}
    </div>
  );
};
