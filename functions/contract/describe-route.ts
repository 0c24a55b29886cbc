import type * as z from 'zod/mini';
import type { FaultCode } from './code-docs.ts';
import type { PreviewOf, Route } from './define-route.ts';
import type { SessionView } from './session-view.ts';
import type { Status } from './statuses.ts';

/** The members of parameters that hold others: an object is its own, a list is its elements. */
type Within<Value> = Value extends readonly (infer Element)[]
  ? Within<Element>
  : Value extends object
    ? Value
    : never;

/** The paths of parameters, nested ones with dots, such as `line_items.name`. */
export type ParamPath<Params> = Params extends object
  ? {
      [Name in keyof Params & string]-?: Name | `${Name}.${ParamPath<Within<NonNullable<Params[Name]>>>}`;
    }[keyof Params & string]
  : never;

/** One way in which a request is refused, of those that are worth telling of a route. */
export interface Refusal {
  status: Exclude<Status, 'action-successful'>;
  /** The parameter and the code of its fault, where the status comes with faults. */
  param?: string;
  code?: FaultCode;
  /** When that is, and what to do about it: a sentence. */
  when: string;
}

/** The prose of a route. The compiler insists on a sentence for every parameter, and that the examples fit the definition. */
export interface RouteDocs<R extends Route = Route> {
  /** What a call of it does, in full, paragraph by paragraph. */
  purpose: readonly string[];
  /** What each parameter is: a sentence. `token` is not among them, since it is the same for all routes. */
  params: Readonly<Record<ParamPath<z.input<R['params']>>, string>>;
  /** Parameters of a request that could be sent like that, but for the token. */
  request: z.input<R['params']>;
  /** The data of its answer. */
  answer: z.output<R['data']>;
  /** The data of the answer to the same request as a dry run, where there can be one. */
  preview?: PreviewOf<R>;
  /** The session that comes with the data, on a route whose answer is about one. */
  session?: SessionView;
  /** Those worth telling of. A status that only some routes give is told of here by each of them. */
  refusals: readonly Refusal[];
}

/** A route and its prose. */
export interface Described<R extends Route = Route> {
  route: R;
  docs: RouteDocs<R>;
}

/** Describes a route, in a module that no handler imports: what is only read is in no bundle. */
export const describeRoute = <R extends Route>(route: R, docs: RouteDocs<R>): Described<R> => ({
  route,
  docs,
});
