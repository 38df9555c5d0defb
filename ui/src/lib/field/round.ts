/** Rounding of a number as it is written in decimals: 2.345 to two places is 2.35. As `round` in `crates/checklist/src/expr/work.rs`. */
import { display } from "./value";

/** Digits that the server's exact numbers take. */
const MOST_DIGITS = 40;

interface Fraction {
  above: bigint;
  below: bigint;
}

function exact(number: number): Fraction | undefined {
  const parts = /^(-?)(\d*)\.?(\d*)$/.exec(display(number));
  if (!parts) return undefined;
  const [, sign = "", whole = "", part = ""] = parts;
  if (whole.length + part.length > MOST_DIGITS || whole + part === "") return undefined;
  return { above: BigInt(sign + whole + part), below: 10n ** BigInt(part.length) };
}

/** Halves upwards; beyond what decimals can say, the number itself. What is no number of places is none. */
export function round(number: number, wanted: number): number {
  const places = Number.isNaN(wanted) ? 0 : wanted;
  const given = exact(number);
  const up = exact(10 ** Math.max(places, 0));
  const down = exact(10 ** -Math.min(places, 0));
  if (!given || !up || !down) return number;
  // doubled, so that a half is a whole number
  const above = 2n * given.above * up.above + given.below * down.above;
  const below = 2n * given.below * down.above;
  const whole = above >= 0n || above % below === 0n ? above / below : above / below - 1n;
  const scaled = whole * down.above;
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(Math.max(places, 0) + 1, "0");
  const at = digits.length - Math.max(places, 0);
  return Number(`${scaled < 0n ? "-" : ""}${digits.slice(0, at)}.${digits.slice(at)}`);
}
