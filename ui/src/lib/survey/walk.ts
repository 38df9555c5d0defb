/** Which households are on the list, with visits that the server does not know yet: as `crates/surveys/src/plan.rs`. Nobody chooses. */
import type { Door, Outcome, Segment } from "./model";

/** A visit that was noted here. `nth`: of this household, from 1. */
export interface Noted {
  household: number;
  outcome: Outcome;
  nth: number;
}

export interface Listed extends Door {
  /** The household that stands in for this one. */
  by?: number;
}

export interface List {
  doors: Listed[];
  /** Somebody ought to stand in, and is not known here. */
  short: boolean;
}

export function walk({ target, doors, ahead, households }: Pick<Segment, "target" | "doors" | "ahead" | "households">, tries: number, noted: Noted[]): List {
  const known = new Map<number, { outcome: Outcome; visits: number }>();
  for (const { household, state, visits } of doors) {
    if (state !== "waiting") known.set(household, { outcome: state === "again" ? "absent" : state, visits });
  }
  for (const { household, outcome, nth } of noted) {
    if (nth > (known.get(household)?.visits ?? 0)) known.set(household, { outcome, visits: nth });
  }
  const order = [...doors.map(({ household }) => household), ...ahead];
  const found: Listed[] = [];
  const left: Listed[] = [];
  for (const household of order) {
    if (found.length >= target + left.length) break;
    const visit = known.get(household);
    const state = visit === undefined ? "waiting" : visit.outcome === "absent" && visit.visits < tries ? "again" : visit.outcome;
    const door: Listed = { household, state, visits: visit?.visits ?? 0, stands_in: found.length >= target };
    found.push(door);
    if (state === "refused" || state === "absent") left.push(door);
  }
  for (const [at, door] of left.entries()) {
    const by = found[target + at];
    if (by) door.by = by.household;
  }
  return { doors: found, short: found.length < Math.min(target + left.length, households) };
}

export const isOpen = ({ state }: Pick<Door, "state">): boolean => state === "waiting" || state === "again";
