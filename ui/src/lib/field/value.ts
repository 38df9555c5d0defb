/** Values of expressions, and how one kind is taken for another: as `crates/checklist/src/expr/value.rs` has it, line by line. */

/** Days since 1970. */
export interface Day {
  days: number;
}

/** An answer that is not there is the empty text. */
export type Scalar = string | number | boolean | Day;
/** Many: answers of a question, one for every time it is asked. */
export type Value = Scalar | Scalar[];

const DAY = 86_400_000;
const SPACE = "\\p{White_Space}";
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, "gu");
const BETWEEN = new RegExp(`${SPACE}+`, "u");

/** What the server takes for space, which is not quite what `String.trim` does. */
export const trim = (text: string): string => text.replace(AROUND, "");
export const words = (text: string): string[] => text.split(BETWEEN).filter((word) => word !== "");

export const isDay = (scalar: Scalar): scalar is Day => typeof scalar === "object";

export function one(value: Value): Scalar {
  return Array.isArray(value) ? (value[0] ?? "") : value;
}

export function truthOf(scalar: Scalar): boolean {
  if (typeof scalar === "number") return scalar !== 0 && !Number.isNaN(scalar);
  return isDay(scalar) || scalar === true || (typeof scalar === "string" && scalar !== "");
}

export function numberOf(scalar: Scalar): number {
  if (typeof scalar === "number") return scalar;
  if (typeof scalar === "boolean") return scalar ? 1 : 0;
  if (isDay(scalar)) return scalar.days;
  const text = trim(scalar);
  return /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
}

export function textOf(scalar: Scalar): string {
  if (typeof scalar === "string") return scalar;
  if (typeof scalar === "boolean") return String(scalar);
  if (isDay(scalar)) return dayText(scalar.days);
  if (scalar === 0) return "0";
  if (!Number.isFinite(scalar) && !Number.isNaN(scalar)) return scalar > 0 ? "Infinity" : "-Infinity";
  return display(scalar);
}

export function equals(one: Scalar, other: Scalar): boolean {
  if (typeof one === "boolean" || typeof other === "boolean") return truthOf(one) === truthOf(other);
  if (typeof one === "number" || typeof other === "number") return numberOf(one) === numberOf(other);
  return textOf(one) === textOf(other);
}

/** A number as Rust writes it: no exponents, the fewest digits that give it back. */
export function display(number: number): string {
  if (Number.isNaN(number)) return "NaN";
  if (!Number.isFinite(number)) return number > 0 ? "inf" : "-inf";
  if (Object.is(number, -0)) return "-0";
  const text = String(number);
  const [mantissa = "", exponent] = text.split("e");
  if (exponent === undefined) return text;
  const sign = mantissa.startsWith("-") ? "-" : "";
  const [whole = "", part = ""] = mantissa.replace("-", "").split(".");
  const digits = whole + part;
  const at = whole.length + Number(exponent);
  if (at <= 0) return `${sign}0.${"0".repeat(-at)}${digits}`;
  if (at >= digits.length) return sign + digits + "0".repeat(at - digits.length);
  return `${sign}${digits.slice(0, at)}.${digits.slice(at)}`;
}

/** `2026-11-30`; empty beyond the calendar's end. */
export function dayText(days: number): string {
  const date = new Date(days * DAY);
  const year = date.getUTCFullYear();
  if (Number.isNaN(year) || Math.abs(year) > 9999) return "";
  const two = (number: number) => String(number).padStart(2, "0");
  const head = year < 0 ? `-${String(-year).padStart(6, "0")}` : String(year).padStart(4, "0");
  return `${head}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

/** Days since 1970 of `2026-11-30`; nothing for what is no day of the calendar. */
export function daysOf(text: string): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  const days = date.getTime() / DAY;
  return dayText(days) === text ? days : undefined;
}
