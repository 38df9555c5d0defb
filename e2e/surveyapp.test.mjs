/**
 * An interviewer's day without a network: doors and questionnaires on the telephone, the browser killed on the way, everything received
 * once, and nothing that ties an answer to its door; what cannot be taken is said; signing out clears.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { PHONE, SMALL_PHONE, faults, launch, open, signIn, tooWide } from "./browser.mjs";
import { PASSWORD, serve } from "./city.mjs";
import { rowsOf } from "./database.mjs";
import { INSPECTOR, OFFICE } from "./people.mjs";
import { between } from "./proxy.mjs";
import { day } from "./scene.mjs";
import { Telephone } from "./telephone.mjs";
import { until } from "./until.mjs";
import { Visitor } from "./visitor.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const APP = "/surveys/app";
/** A segment of the inspector that nobody has been to. */
const PLACE = 3;
const HERE = `#s/SV-0002/${PLACE}`;
const API = `/api/v1/surveys/SV-0002/segments/${PLACE}`;
const WORDS = "门口的路灯要再亮些";
let city, chromium, list;
const telephones = [];
const places = [];

before(async () => {
  [city, chromium] = await Promise.all([serve(), launch()]);
  list = (await doors()).map(({ household }) => household);
  assert.ok(list.length >= 12, `${list.length} households`);
});
after(async () => {
  await Promise.all(telephones.map((telephone) => telephone.away()));
  await Promise.all(places.map((place) => place.close()));
  await chromium?.close();
  await city?.stop();
});

const inspector = () => Visitor.signedIn(city, INSPECTOR);
const doors = async () => (await (await inspector()).json(API)).doors;
/** For somebody to look at, where E2E_SHOTS names a folder. */
const shot = (page, name) => process.env.E2E_SHOTS && page.screenshot({ path: `${process.env.E2E_SHOTS}/${name}.png`, fullPage: true });
const row = (page, household) => page.locator(`[data-household="${household}"]`);

/** What the row says of a household and of its sending. */
const stateOf = (page, household) => row(page, household).evaluate((element) => [element.dataset.state, element.querySelector("[data-told]")?.dataset.told ?? ""].join(" "));

async function becomes(page, household, wanted, seconds) {
  let seen;
  await until(() => `household ${household} is “${wanted}”, not “${seen}”`, async () => (seen = await stateOf(page, household)) === wanted, { seconds });
}

async function sign(page) {
  await page.fill("[name=login]", INSPECTOR);
  await page.fill("[name=password]", PASSWORD);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith("/sign-in")), page.press("[name=password]", "Enter")]);
}

/** The page, signed in for again where a session did not outlive the browser. */
async function again(page, address, hash = HERE) {
  await page.goto(`${address}/me`);
  if (page.url().includes("/sign-in")) await sign(page);
  await page.goto(address + APP + hash);
}

/** A new telephone with the day on it. */
async function telephone(address = city.address) {
  const one = new Telephone();
  telephones.push(one);
  const page = await one.on();
  await page.goto(`${address}/sign-in`);
  await sign(page);
  await page.goto(address + APP);
  await page.locator(`[data-segment="SV-0002/${PLACE}"]`).waitFor();
  await keptPage(page);
  await page.locator(`[data-segment="SV-0002/${PLACE}"] .todo-title`).click();
  await row(page, list[0]).waitFor();
  return [one, page];
}

const keptPage = (page) => page.waitForFunction(async () => navigator.serviceWorker.controller !== null && (await caches.match("/surveys/app", { cacheName: "cc-field" })) !== undefined);

const next = (page) => page.locator(".field-steps .btn-primary").click();
const asked = async (page) => (await page.locator(".field-screen .field-label").first().innerText()).trim();
const step = (page) => page.locator("#survey-step").innerText();

/** Opens a household's questionnaire. */
async function begin(page, household) {
  await row(page, household).locator(".todo-title").click();
  await page.getByRole("button", { name: /开始问卷|继续问卷|questionnaire/ }).click();
  await page.locator("#survey-step").waitFor();
}

/** The first choice of everything, and words; `stop`: leaves it at the question that has this in it. */
async function answer(page, { stop, choose = () => "0" } = {}) {
  while ((await page.locator(".field-lines").count()) === 0) {
    const question = await asked(page);
    if (stop && question.includes(stop)) return;
    const screen = page.locator(".field-screen");
    if (await screen.locator("textarea").count()) await screen.locator("textarea").fill(WORDS);
    else if (await screen.locator("input[type=text]").count()) await screen.locator("input[type=text]").fill("12");
    else await screen.locator(`input[value="${choose(question)}"]`).check();
    await next(page);
  }
}

async function close(page, household) {
  await page.locator(".callout-ok").waitFor();
  await next(page);
  await row(page, household).waitFor();
}

/** A household that refuses, or at which nobody is. */
async function left(page, household, button) {
  await row(page, household).locator(".todo-title").click();
  page.once("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", { name: button }).click();
  await row(page, household).waitFor();
}

/** What the telephone's database has in a store. */
const kept = (page, store, name = "cc-survey") =>
  page.evaluate(([name, store]) => new Promise((done) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => {
      const { result } = opening;
      if (!result.objectStoreNames.contains(store)) return done([]);
      result.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) => {
        result.close();
        done(target.result);
      };
    };
  }), [name, store]);

/** Changes what waits, as if an older page had written it. */
const tamper = (page, from, to) =>
  page.evaluate(([from, to]) => new Promise((done) => {
    const opening = indexedDB.open("cc");
    opening.onsuccess = () => {
      const store = opening.result.transaction("outbox", "readwrite").objectStore("outbox");
      store.getAll().onsuccess = ({ target }) => {
        for (const item of target.result) {
          item.fields = item.fields.map(([name, text]) => [name, text.replace(from, to)]);
          store.put(item);
        }
        store.transaction.oncomplete = () => {
          opening.result.close();
          done();
        };
      };
    };
  }), [from, to]);

const SEGMENT = `(select g.id from survey_segment g join survey s on s.id = g.survey_id where s.number = 'SV-0002' and g.place = ${PLACE})`;
// as texts: these numbers are larger than JavaScript's
const texts = (...names) => names.map((name) => `cast(${name} as text) as ${name}`).join(", ");
const visits = (household) => rowsOf(city, `select ${texts("id", "survey_id", "segment_id", "person_id")}, household, outcome, tries, day, person, version from survey_visit where segment_id = ${SEGMENT}${household ? ` and household = ${household}` : ""}`);
const answers = () => rowsOf(city, `select ${texts("id", "survey_id", "segment_id")}, mode, traits, answers from survey_answer where mode = 'visit' and segment_id = ${SEGMENT}`);
const columns = (table) => rowsOf(city, `select name from pragma_table_info('${table}')`).map(({ name }) => name).sort();

describe("a day without a network", () => {
  let one, page;

  test("doors are on the telephone, in the order of the draw", async () => {
    [one, page] = await telephone();
    assert.deepEqual(await page.locator("[data-household]").evaluateAll((rows) => rows.map((row) => Number(row.dataset.household))), list);
    assert.match(await page.locator(".survey-next").innerText(), new RegExp(`第 ${list[0]} 户`));
    await shot(page, "survey-doors");
  });

  test("the browser is killed in the middle of a questionnaire, and nothing is lost", async () => {
    await one.context.setOffline(true);
    await city.halt();
    await page.locator(".survey-next").click();
    await page.getByRole("button", { name: "开始问卷" }).waitFor();
    await shot(page, "survey-door");
    await page.getByRole("button", { name: "开始问卷" }).click();
    assert.match(await step(page), /共 16 题/);
    // who is not content with parking is asked why
    await answer(page, { stop: "停车方面", choose: (question) => (question.includes("车辆停放") ? "4" : "0") });
    assert.match(await step(page), /共 17 题/);
    assert.match(await asked(page), /停车方面/);
    await page.locator(".field-screen input[value='1']").check();
    await page.locator(".field-screen input[value='2']").check();
    await shot(page, "survey-question");
    await until("it is kept", async () => (await kept(page, "drafts"))[0]?.given["q-q3"]?.length === 2);
    await one.kill();
    page = await one.on();
    // the program is stopped: what is opened now comes from the telephone alone
    await page.goto(city.address + APP + HERE);
    await becomes(page, list[0], "begun ");
    assert.match(await page.locator("main").innerText(), /模拟测评/);
    assert.match(await page.locator(".offline-bar").first().innerText(), /没有信号/);
    await begin(page, list[0]);
    assert.match(await asked(page), /停车方面/);
    assert.equal(await page.locator(".field-screen input:checked").count(), 2);
  });

  test("two households answer and one refuses, and what was answered is shown no more", async () => {
    await answer(page);
    assert.match(await page.locator(".field-lines").innerText(), new RegExp(WORDS));
    await shot(page, "survey-check");
    const at = page.url();
    await close(page, list[0]);
    assert.equal(await stateOf(page, list[0]), "answered waiting");
    assert.match(await page.locator(".callout-ok").innerText(), /回答不再显示/);
    await shot(page, "survey-closed");
    // neither here, nor one step back, nor where it was
    for (const go of [() => page.goBack(), () => page.goto(at)]) {
      await go();
      await page.waitForURL((url) => !url.hash.includes("/q"));
      await row(page, list[0]).waitFor();
      assert.ok(!(await page.content()).includes(WORDS));
    }
    assert.deepEqual(await kept(page, "drafts"), []);
    await page.goto(city.address + APP + HERE);
    await left(page, list[1], "拒答");
    // the next in order stands in, without a network
    assert.equal(await page.locator("[data-household]").count(), list.length + 1);
    assert.match(await row(page, list[1]).innerText(), /由第 \d+ 户递补/);
    await begin(page, list[2]);
    await answer(page);
    await close(page, list[2]);
    await one.kill();
    page = await one.on();
    await page.goto(city.address + APP + HERE);
    await becomes(page, list[0], "answered waiting");
    await becomes(page, list[1], "refused waiting");
    await becomes(page, list[2], "answered waiting");
    assert.equal((await kept(page, "outbox", "cc")).length, 3);
    await shot(page, "survey-doors-waiting");
  });

  test("when the network is back all are received, once each, and nothing ties an answer to its door", async () => {
    city = await city.again();
    await again(page, city.address);
    for (const [n, state] of [[0, "answered sent"], [1, "refused sent"], [2, "answered sent"]]) await becomes(page, list[n], state, 90);
    const now = new Map((await doors()).map((door) => [door.household, door.state]));
    assert.deepEqual([0, 1, 2].map((n) => now.get(list[n])), ["answered", "refused", "answered"]);
    assert.equal(now.size, list.length + 1);
    const [seen, given] = [visits(), answers()];
    assert.deepEqual([seen.length, given.length], [3, 2]);
    for (const visit of seen) assert.equal(visit.day, day(0));
    assert.deepEqual(columns("survey_answer"), ["answers", "id", "mode", "segment_id", "survey_id", "traits"]);
    assert.deepEqual(columns("survey_words"), ["id", "question", "survey_id", "text"]);
    assert.deepEqual(columns("survey_pass"), ["hash", "id", "kind", "survey_id"]);
    // whatever stands in both tables is the same of every visit and every answer of the segment
    const values = (rows) => new Set(rows.flatMap((row) => Object.values(row).map(String)));
    const shared = [...values(seen)].filter((value) => values(given).has(value));
    assert.deepEqual(shared.sort(), [seen[0].segment_id, seen[0].survey_id].sort());
    const passes = rowsOf(city, `select ${texts("id", "survey_id")}, hash from survey_pass where kind = 'visit'`);
    assert.equal(passes.length, 3);
    const [tickets, outbox] = [JSON.stringify(passes), await kept(page, "outbox", "cc")];
    for (const item of outbox) assert.ok(!tickets.includes(item.key));
    // the telephone has nothing of them any more
    assert.deepEqual(outbox.map(({ fields, state }) => [fields, state]), [[[], "sent"], [[], "sent"], [[], "sent"]]);
    assert.deepEqual(await kept(page, "drafts"), []);
    assert.ok(!JSON.stringify(outbox).includes(WORDS));
    // the log has who went where, and no answer
    for (const { detail } of rowsOf(city, "select detail from audit where verb = 'survey.visited'")) assert.deepEqual(Object.keys(JSON.parse(detail)).sort(), ["household", "number", "outcome", "place"]);
    await shot(page, "survey-doors-sent");
    await one.away();
  });
});

describe("sending", () => {
  test("an answer that was lost with the browser is not counted twice", async () => {
    let losing = true;
    let lost = 0;
    const place = await between(city, { lose: (request) => request.method === "POST" && request.url === `${API}/visits` && losing && (lost += 1) > 0 });
    places.push(place);
    const [one, before] = await telephone(place.address);
    const had = answers().length;
    await begin(before, list[3]);
    await answer(before);
    await close(before, list[3]);
    await until("it was saved and its answer lost", async () => lost > 0 && visits(list[3]).length === 1);
    await one.kill();
    losing = false;
    const page = await one.on();
    await again(page, place.address);
    await becomes(page, list[3], "answered sent", 90);
    assert.equal(visits(list[3])[0].tries, 1);
    assert.equal(answers().length, had + 1);
    await one.away();
  });

  test("a household that has its outcome already: it is said, and the answer is deleted", async () => {
    const [one, page] = await telephone();
    await one.context.setOffline(true);
    await begin(page, list[4]);
    await answer(page);
    await close(page, list[4]);
    const had = answers().length;
    await (await inspector()).data("POST", `${API}/visits`, { household: list[4], outcome: "refused" });
    await one.context.setOffline(false);
    await becomes(page, list[4], "refused settled");
    assert.match(await row(page, list[4]).innerText(), /已有结果[\s\S]*已从本机删除/);
    await shot(page, "survey-doors-settled");
    assert.equal(answers().length, had);
    assert.ok(!JSON.stringify(await kept(page, "outbox", "cc")).includes(WORDS));
    await row(page, list[4]).getByRole("button").click();
    await becomes(page, list[4], "refused ");
    await one.away();
  });

  test("what the server misses is asked again, and nothing else is shown", async () => {
    const [one, page] = await telephone();
    await one.context.setOffline(true);
    await begin(page, list[5]);
    await answer(page);
    await close(page, list[5]);
    // as if the telephone had an older reader than the server
    await tamper(page, '"4":["0"],', "");
    await one.context.setOffline(false);
    await becomes(page, list[5], "answered wrong");
    assert.deepEqual(visits(list[5]), []);
    await row(page, list[5]).getByRole("button", { name: "打开补答" }).click();
    await page.locator(".field-lines .field-error").waitFor();
    assert.equal(await page.locator(".field-line").count(), 1);
    assert.ok(!(await page.content()).includes(WORDS));
    await shot(page, "survey-mend");
    await page.locator(".field-lines .field-error button").click();
    assert.match(await asked(page), /菜市场/);
    await page.locator(".field-screen input[value='2']").check();
    await next(page);
    await close(page, list[5]);
    await becomes(page, list[5], "answered sent");
    assert.equal(visits(list[5]).length, 1);
    await one.away();
  });

  test("signing out asks, and clears doors and answers; nobody else sees them", async () => {
    const page = await open(chromium.browser, city, { as: INSPECTOR, size: PHONE, worker: true });
    await page.goto(APP + HERE);
    await row(page, list[6]).waitFor();
    await keptPage(page);
    await begin(page, list[6]);
    await answer(page, { stop: "菜市场" });
    // somebody else, where nobody signed out
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    await signIn(page, OFFICE);
    await page.goto("/outbox");
    assert.deepEqual(await kept(page, "days"), []);
    await page.context().setOffline(true);
    await page.goto(APP);
    assert.ok(!(await page.locator("body").innerText()).includes("第 1 段"));
    await page.context().setOffline(false);
    // and back: what was begun has waited for its person
    await page.context().clearCookies();
    await page.context().addCookies(cookies);
    // another address than that of the page without a network, or it would stand
    await page.goto("/outbox");
    await page.goto(APP + HERE);
    await becomes(page, list[6], "begun ");
    const told = [];
    page.once("dialog", (dialog) => {
      told.push(dialog.message());
      return dialog.accept();
    });
    await page.locator("details.menu summary").click();
    await page.locator('form[action="/sign-out"] button').click();
    await page.waitForURL(/\/sign-out|\/sign-in|\/$/);
    assert.match(told.join(), /没发送/);
    for (const store of ["days", "drafts"]) assert.deepEqual(await kept(page, store), [], store);
    await page.context().setOffline(true);
    await page.goto(APP);
    assert.match(await page.locator("h1").innerText(), /没有信号/);
    await page.context().close();
  });
});

describe("its screens", { concurrency: false }, () => {
  test("it can be put on a home screen", async () => {
    const visitor = await inspector();
    const link = (await visitor.get(APP)).text.match(/<link rel="manifest" href="([^"]+)"/)[1];
    const file = await visitor.get(link);
    assert.match(file.headers.get("content-type"), /^application\/manifest\+json/);
    const { start_url: start, icons, shortcuts, name } = JSON.parse(file.text);
    assert.equal(start, APP);
    assert.match(name, /入户测评/);
    assert.ok(shortcuts.some(({ url }) => url === APP));
    assert.equal((await visitor.get(icons[0].src)).status, 200);
  });

  for (const lang of ["zh-CN", "en"]) {
    for (const size of [PHONE, SMALL_PHONE]) {
      test(`fit ${size.width} px in ${lang}, and axe finds nothing`, async () => {
        const page = await open(chromium.browser, city, { as: INSPECTOR, size, lang });
        const mark = `${size.width}-${lang}`;
        await page.goto(APP);
        await page.locator(`[data-segment="SV-0002/${PLACE}"]`).waitFor();
        await right(page, `survey-segments-${mark}`);
        await page.locator(`[data-segment="SV-0002/${PLACE}"] .todo-title`).click();
        await row(page, list[7]).waitFor();
        await right(page, `survey-doors-${mark}`);
        await row(page, list[7]).locator(".todo-title").click();
        await page.locator(".survey-outcomes").waitFor();
        await right(page, `survey-door-${mark}`);
        await page.locator(".survey-outcomes .btn-primary").click();
        // what is missing is said once, beside its question
        await page.locator(".field-screen").waitFor();
        await next(page);
        await page.locator(".field-screen .field-error").waitFor();
        await right(page, `survey-missing-${mark}`);
        await page.locator(".field-screen input").first().check();
        assert.ok(await page.locator(".field-screen .field-error").isHidden());
        for (const kind of ["input[type=checkbox]", "input[type=text]", "textarea"]) {
          await answerTo(page, kind);
          await right(page, `survey-${kind.replace(/\W+/g, "-")}-${mark}`);
        }
        await next(page);
        await page.locator(".field-lines").waitFor();
        await right(page, `survey-check-${mark}`);
        await page.context().close();
      });
    }
  }
});

/** Answers until there is a question with this in it; the one of parking so that it is followed by why. */
async function answerTo(page, kind) {
  for (let n = 0; n < 40 && (await page.locator(`.field-screen ${kind}`).count()) === 0; n += 1) {
    const radios = page.locator(".field-screen input[type=radio]");
    // the last but one: what stands behind it is no opinion
    if (await radios.count()) await radios.nth((await radios.count()) - 2).check();
    else if (await page.locator(".field-screen input[type=text]").count()) await page.locator(".field-screen input[type=text]").fill("12");
    else await page.locator(".field-screen input[type=checkbox]").first().check();
    await next(page);
  }
  await page.locator(`.field-screen ${kind}`).first().waitFor();
}

/** No sideways scrolling, nothing missing, that it is a mock, and nothing that axe calls serious. */
async function right(page, name) {
  await shot(page, name);
  assert.ok((await tooWide(page)) <= 0, `${name} is too wide`);
  const text = await page.locator("main").innerText();
  assert.ok(!text.includes("⟦") && !/\{\w+\}/.test(text), `a text is missing: ${name}: ${text.match(/⟦[^⟧]*⟧|\{\w+\}/)?.[0]}`);
  assert.match(text, /模拟测评|Mock survey/, name);
  const violations = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations)`);
  const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact));
  assert.deepEqual(serious.map((v) => `${name}: ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")}`), []);
  assert.deepEqual(faults(page), []);
}

describe("the end", () => {
  test("a survey that was closed keeps the visit, and its answer nowhere", async () => {
    const [one, page] = await telephone();
    await one.context.setOffline(true);
    await begin(page, list[8]);
    await answer(page);
    await close(page, list[8]);
    const had = answers().length;
    const office = await Visitor.signedIn(city, OFFICE);
    const { version } = await office.json("/api/v1/surveys/SV-0002");
    await office.data("POST", "/api/v1/surveys/SV-0002/closure", { version });
    await one.context.setOffline(false);
    await until("the visit is received", async () => (await kept(page, "outbox", "cc"))[0]?.state === "sent", { seconds: 90 });
    assert.equal(visits(list[8]).length, 1);
    // the segment is on no list any more
    await page.goto(city.address + APP);
    await page.locator("[data-told=survey-over]").waitFor();
    assert.match(await page.locator("main").innerText(), /调查已经结束，访问已记下，回答没有收下/);
    await shot(page, "survey-over");
    assert.equal(answers().length, had);
    await until("the telephone has nothing of it", async () => !JSON.stringify(await kept(page, "outbox", "cc")).includes(WORDS));
    const [item] = await kept(page, "outbox", "cc");
    assert.equal(JSON.parse(item.said).taken, "survey-over");
    await one.away();
  });
});
