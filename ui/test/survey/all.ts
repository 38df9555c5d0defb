/** What the tests ask of the interviewer's telephone. */
export { settle, settleAll } from "../../src/lib/survey/rules";
export { walk } from "../../src/lib/survey/walk";
