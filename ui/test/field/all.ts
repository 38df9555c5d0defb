/** What the tests ask of the telephone's reader. */
export { begin } from "../../src/lib/field/begin";
export { settle } from "../../src/lib/field/check";
export { Layout } from "../../src/lib/field/map";
export { matches } from "../../src/lib/field/pattern";
export { dayText, daysOf, display } from "../../src/lib/field/value";
export { workOut } from "../../src/lib/field/work";
