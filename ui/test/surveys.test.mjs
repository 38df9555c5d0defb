/**
 * The interviewer's telephone asks the same questions as the server, misses the same answers and leads to the same doors:
 * `crates/surveys/tests/vectors.json` is written by the server's reader, and a test there keeps it so.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { island } from "./island.mjs";

const { settle, settleAll, walk } = await island("survey/all");
const vectors = JSON.parse(readFileSync(new URL("../../crates/surveys/tests/vectors.json", import.meta.url), "utf8"));

test("every form is settled as the server settles it", () => {
  let whole = 0;
  let faulty = 0;
  for (const { questions, cases } of vectors.forms) {
    for (const { given, asked, faults } of cases) {
      const found = settle(questions, given);
      assert.deepEqual(found.faults.map(({ field, code }) => [field, code]), faults ?? [], JSON.stringify(given));
      if (asked) assert.deepEqual(found.asked, asked, JSON.stringify(given));
      if (asked) whole += 1;
      else faulty += 1;
    }
  }
  assert.ok(whole > 50 && faulty > 50, `${whole} whole, ${faulty} faulty`);
});

test("doors follow each other as on the server, with what it does not know yet", () => {
  let steps = 0;
  for (const { target, tries, taken, steps: all } of vectors.walks) {
    if (!taken) continue;
    const segment = { target, households: 1000, ...taken };
    const noted = [];
    for (const { doors, ...visit } of all) {
      noted.push(visit);
      const found = walk(segment, tries, noted);
      assert.deepEqual(found.doors.map(({ by, ...door }) => door), doors, JSON.stringify(noted));
      // whoever was left has somebody in their place, in the order of the list
      const left = found.doors.filter(({ state }) => state === "refused" || state === "absent");
      const stand = found.doors.filter((door) => door.stands_in);
      assert.deepEqual(left.map(({ by }) => by).filter((by) => by !== undefined), stand.map(({ household }) => household));
      steps += 1;
    }
  }
  assert.ok(steps > 100, `${steps} steps`);
});

test("a visit that the server has counted is not counted again", () => {
  const door = (household, state, visits) => ({ household, state, visits, stands_in: false });
  const segment = { target: 2, households: 9, doors: [door(4, "again", 2), door(7, "waiting", 0)], ahead: [1, 9] };
  const absent = (nth) => ({ household: 4, outcome: "absent", nth });
  assert.deepEqual(walk(segment, 3, [absent(2)]).doors[0].visits, 2);
  const left = walk(segment, 3, [absent(2), absent(3)]);
  assert.deepEqual(left.doors.map(({ household, state, by }) => [household, state, by]), [[4, "absent", 1], [7, "waiting", undefined], [1, "waiting", undefined]]);
  assert.equal(left.short, false);
});

test("who stands in is missed where nobody is known any more", () => {
  const door = (household) => ({ household, state: "refused", visits: 1, stands_in: false });
  const segment = { target: 2, households: 9, doors: [door(4), door(7)], ahead: [] };
  assert.equal(walk(segment, 3, []).short, true);
  assert.equal(walk({ ...segment, households: 2 }, 3, []).short, false);
});

test("background is asked before all else, and not told is an answer", () => {
  const traits = [{ name: "性别", categories: ["男", "女"] }];
  assert.deepEqual(settleAll(traits, [], {}), { asked: ["t-0"], faults: [{ field: "t-0", code: "survey-answer-missing" }] });
  assert.deepEqual(settleAll(traits, [], { "t-0": ["-"] }).faults, []);
});
