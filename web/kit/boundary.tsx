import { Component, type ComponentChildren, type TargetedMouseEvent } from 'preact';
import { type Failure, failureOf } from './failure.ts';
import { FailureNotice } from './failure-notice.tsx';
import { keepingFocus } from './focus.ts';

interface Props {
  /** What it is drawn from: it is tried again as soon as that is another. */
  until: unknown;
  /** The element in which it is said that it cannot be drawn. */
  within: 'main' | 'div';
  children: ComponentChildren;
}

interface State {
  failure?: Failure | undefined;
  /** From what it could not be drawn. */
  of?: unknown;
}

/** Keeps what is around it when what is in it cannot be drawn, and says so in its place. */
export class Boundary extends Component<Props, State> {
  override componentDidCatch(error: unknown): void {
    this.setState({ failure: failureOf(error), of: this.props.until });
  }

  override render({ until, within: Within, children }: Props, { failure, of }: State): ComponentChildren {
    if (failure === undefined || of !== until) return children;
    const drawAgain = ({ currentTarget }: TargetedMouseEvent<HTMLButtonElement>) =>
      keepingFocus(currentTarget.closest('.card')?.id ?? '', async () =>
        this.setState({ failure: undefined }),
      );
    return (
      <Within>
        <FailureNotice failure={failure} />
        <button type="button" onClick={drawAgain}>
          Show it again
        </button>
      </Within>
    );
  }
}
