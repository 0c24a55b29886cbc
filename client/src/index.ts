export type {
  Answer,
  CallOptions,
  Fault,
  PostOptions,
  SessionAnswer,
  Warning,
} from './answers.ts';
export type { OrderChange } from './change.ts';
export { type Client, createClient } from './client.ts';
export { hasCode, NoAnswerError, type NoAnswerReason, PlanoError, type RefusedStatus } from './errors.ts';
export type { Json } from './json.ts';
export type * from './methods.ts';
export type { ClientOptions, Clock } from './options.ts';
export { type Retry, retryOf, type Status } from './table.ts';
export type * from './types.ts';
