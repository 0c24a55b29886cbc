import { type ComponentChild, render } from 'preact';
import { sections } from './sections.ts';
import { TryIt } from './try-it.tsx';
import { VisitorButton } from './visitor-button.tsx';
import { VisitorDialog } from './visitor-dialog.tsx';

/** Draws into an element of its own: preact would take what is there already for its own. */
const draw = (content: ComponentChild, add: (place: Element) => void): void => {
  const place = document.createElement('div');
  add(place);
  render(content, place);
};

draw(<VisitorButton />, (place) => document.querySelector('.top')?.append(place));
draw(<VisitorDialog />, (place) => document.body.append(place));
for (const section of sections()) draw(<TryIt section={section} />, (place) => section.place.prepend(place));
