/**
 * Stands in for `@smithy/core/event-streams`, which the protocols of all AWS clients bring along for operations that answer by a
 * stream of events. No operation that functions call does, and one that did would fail, since there is nothing to read it by.
 */
export const eventStreamSerdeProvider = undefined;

/** Leaves a client's settings as they are, to which it would add what reads streams. */
export const resolveEventStreamSerdeConfig = <Settings>(settings: Settings): Settings => settings;
