/**
 * The telephone's reader of expressions says of each what the server's says: `crates/checklist/tests/vectors.json` is written
 * by the server's, and a test there keeps it so.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { island } from "./island.mjs";

const { workOut, matches, settle, begin, Layout, display, daysOf, dayText } = await island("field/all");
const vectors = JSON.parse(readFileSync(new URL("../../crates/checklist/tests/vectors.json", import.meta.url), "utf8"));
const today = daysOf(vectors.today);

/** A value as the file has it. */
const scalar = ({ text, number, truth, date }) => (text ?? truth ?? (date === undefined ? Number(number.replace("inf", "Infinity")) : { days: date }));
const shown = (value) => {
  const one = Array.isArray(value) ? (value[0] ?? "") : value;
  if (typeof one === "string") return { text: one };
  if (typeof one === "boolean") return { truth: one };
  // nobody can see in which direction nothing lies
  return typeof one === "number" ? { number: display(one) } : { date: one.days };
};

test("every expression comes to what the server says", () => {
  const around = {
    answers: (name) => vectors.names[name]?.map(scalar) ?? "",
    own: () => scalar(vectors.this),
    position: (steps) => steps + 1,
    today: () => today,
  };
  const wrong = [];
  for (const { tree, result } of vectors.expressions) {
    const found = shown(workOut(tree, around));
    if (JSON.stringify(found) !== JSON.stringify(result)) wrong.push(`${JSON.stringify(tree)} is ${JSON.stringify(found)}, not ${JSON.stringify(result)}`);
  }
  assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} of ${vectors.expressions.length}`);
  assert.ok(vectors.expressions.length > 2000);
});

test("every form is settled as the server settles it", () => {
  let cases = 0;
  let faults = 0;
  for (const form of vectors.forms) {
    const map = new Layout(form.checklist);
    assert.deepEqual(begin(form.checklist, form.checklist.items), form.begun);
    for (const { answers, settled } of form.cases) {
      const found = settle(form.checklist, map, answers, today);
      // the server leaves out a list of nothing
      assert.deepEqual(JSON.parse(JSON.stringify(found)), { hidden: [], ...settled }, JSON.stringify(answers));
      cases += 1;
      faults += found.faults.length;
    }
  }
  assert.ok(cases > 100 && faults > 100, `${cases} forms, ${faults} faults`);
});

test("a pattern over which a browser's own would think for years is answered at once", () => {
  const begun = performance.now();
  assert.equal(matches("(a*)*(a|aa)+b", "a".repeat(5000)), false);
  assert.equal(matches("(x+x+)+y", "x".repeat(2000)), false);
  assert.ok(performance.now() - begun < 2000);
});

test("days go there and back", () => {
  for (let days = -800_000; days < 2_900_000; days += 997) {
    const text = dayText(days);
    if (!text.startsWith("-")) assert.equal(daysOf(text), days, text);
  }
  for (const text of ["2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", ""]) assert.equal(daysOf(text), undefined, text);
});
