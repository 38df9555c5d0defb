/**
 * The main loop as people live it: a passer-by reports with a photo, the office dispatches to the unit that the register of
 * streets names, the unit answers, somebody else verifies, the reporter contests once, and everything stands in a log that
 * shows any later touch.
 */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { rowsOf } from "./archive.mjs";
import { PHONE, faults, launch, open, settled } from "./browser.mjs";
import { command, serve } from "./city.mjs";
import { tamperer } from "./database.mjs";
import { AUDITOR, INSPECTOR, OFFICE, OTHER_OFFICE, SECURITY_ADMIN, SYSTEM_ADMIN } from "./people.mjs";
import { photo } from "./picture.mjs";
import { adoptedPlace } from "./register.mjs";
import { day } from "./scene.mjs";
import { until } from "./until.mjs";
import { Visitor } from "./visitor.mjs";

const REPORTER = { name: "欧阳晓梅", phone: "13612348765" };
/** What a reporter does: a tap, a photo taken, a line typed. */
const MOST_STEPS = 10;

let city, chromium, pictures, place;
/** What the story has come to. */
const tale = {};

before(async () => {
  city = await serve();
  chromium = await launch();
  const taken = ["现场", "处理后", "再次处理后"].map((words) => photo(chromium.browser, words, { width: 3000, height: 2250 }));
  [place, ...pictures] = await Promise.all([adoptedPlace(city), ...taken]);
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

const phone = (more) => open(chromium.browser, city, { size: PHONE, ...more });
const desk = (as) => open(chromium.browser, city, { as });
const close = (page) => page.context().close();
const state = async (page) => (await page.locator(".page-head .state").first().innerText()).trim();
const moved = (page) => page.waitForURL(new RegExp(`/cases/${tale.number}$`));

/** Photos chosen before the page's script runs are sent too, but not shown: people wait for the page. */
const ready = (page) => page.locator("html.js").waitFor({ state: "attached" });

/** Opens a verb from the case's own page, as people do. */
async function take(page, words) {
  await page.goto(`/cases/${tale.number}`);
  const more = page.locator(".moves summary");
  const offered = page.locator(".moves a, .moves button", { hasText: words });
  if (!(await offered.first().isVisible()) && (await more.count()) > 0) await more.click();
  await offered.first().click();
}

// one story: its parts follow each other, and the first that fails ends it
describe("the main loop", () => {
  let broken = false;
  const told = (name, ends, work) =>
    test(name, async (t) => {
      if (broken) return t.skip("an earlier part of the story failed");
      try {
        await work(t);
      } catch (error) {
        broken = ends;
        throw error;
      }
    });
  const part = (name, work) => told(name, true, work);
  /** What nothing later rests on. */
  const aside = (name, work) => told(name, false, work);

  part("a passer-by reports with a photo in less than a minute", async (t) => {
    const geolocation = { longitude: place.lng, latitude: place.lat, accuracy: 8 };
    const page = await phone({ with: { geolocation, permissions: ["geolocation"] } });
    tale.reporter = page;
    await page.goto("/");
    const began = Date.now();
    let steps = 0;
    const step = async (done) => {
      steps += 1;
      await done;
    };
    await step(page.locator('main a[href="/report"]').first().tap());
    await page.waitForURL(/\/report$/);
    await ready(page);
    await step(page.setInputFiles("[name=photos]", pictures[0]));
    await page.locator(".upload-item img").waitFor();
    await step(page.locator("label.choice", { hasText: "道路破损" }).tap());
    // the button does something as soon as the map is there
    await page.locator(".maplibregl-canvas").waitFor();
    await step(page.locator("[data-map-act=locate]").tap());
    await page.waitForFunction(() => document.querySelector("#f-lng").value !== "");
    await step(page.fill("[name=description]", "人行道塌了一块，老人走路危险。"));
    await step(page.locator("summary", { hasText: "联系方式" }).tap());
    await step(page.fill("[name=phone]", REPORTER.phone));
    await step(page.fill("[name=reporter]", REPORTER.name));
    await step(page.locator('form[action="/report"] .btn-accent').tap());
    await page.waitForURL(/\/report\/done/);
    const seconds = (Date.now() - began) / 1000;
    t.diagnostic(`${steps} taps and fields, ${seconds.toFixed(1)} s of the program's own time`);
    assert.ok(seconds < 60, `${seconds} s`);
    assert.ok(steps <= MOST_STEPS, `${steps} taps and fields`);

    tale.number = (await page.locator("#receipt").innerText()).trim();
    assert.match(tale.number, /^CASE-\d{4}-\d{6}$/);
    tale.status = await page.locator('main a.btn[href^="/r/"]').getAttribute("href");
    assert.ok((await page.locator("#link").innerText()).endsWith(tale.status), "the link to keep is another one");
    await page.goto(tale.status);
    await settled(page);
    assert.equal(await state(page), "待核实");
    assert.deepEqual(faults(page), []);
  });

  part("the unit that the register names is told at once", async () => {
    const admin = await Visitor.signedIn(city, SYSTEM_ADMIN);
    const accounts = rowsOf((await admin.get("/admin/accounts?format=csv&q=unit-")).text);
    const account = accounts.find((row) => row.includes(place.unit) && row.some((cell) => cell.startsWith("unit-")));
    assert.ok(account, `${place.unit} has no clerk`);
    tale.clerk = account.find((cell) => cell.startsWith("unit-"));
    const clerk = await Visitor.signedIn(city, tale.clerk);
    await until("the unit is told", async () => (await clerk.get("/inbox")).text.includes(tale.number));
  });

  part("the office dispatches it to the unit that the register names", async () => {
    const page = await desk(OFFICE);
    await page.goto(`/cases?q=${tale.number}`);
    await page.locator(".cell-title").first().click();
    await moved(page);
    const facts = await page.locator("main").innerText();
    assert.ok(facts.includes(REPORTER.name) && facts.includes(REPORTER.phone), "the office does not see whom to call back");
    await take(page, "立案并派遣");
    const chosen = await page.locator("[name=lead] option:checked").innerText();
    assert.equal(chosen.trim().replace(/^[\s　·—–-]*/, ""), place.unit, `the register names ${place.unit} for ${place.number}`);
    assert.match(await page.locator(".field:has([name=lead]) .field-hint").innerText(), /包街|台账|登记/);
    await page.locator("main form .btn-primary").click();
    await moved(page);
    assert.equal(await state(page), "待处置");
    await close(page);
  });

  part("the unit's clerk finds it on the phone, and nowhere who reported it", async () => {
    const page = await phone({ as: tale.clerk });
    tale.clerkPage = page;
    await page.goto("/todo");
    await page.locator(".todo-item", { hasText: tale.number }).waitFor();
    const notice = page.locator(".todo-item a", { hasText: `新派来的案卷` }).filter({ hasText: tale.number });
    await until("the notice of the dispatch", async () => {
      await page.goto("/inbox");
      return notice.count();
    });
    await notice.first().click();
    await moved(page);

    const text = async (path) => {
      const answer = await page.context().request.get(path);
      assert.equal(answer.status(), 200, path);
      return answer.text();
    };
    for (const path of [`/cases/${tale.number}`, `/cases/${tale.number}/answer`, `/api/v1/cases/${tale.number}`, "/todo", "/inbox", "/cases", "/cases?format=csv", `/public/cases/${tale.number}`]) {
      const said = await text(path);
      for (const secret of Object.values(REPORTER)) assert.ok(!said.includes(secret), `${path} says ${secret}`);
    }
    // and who knows a neighbour's number cannot ask for their reports by it
    for (const secret of Object.values(REPORTER)) {
      for (const path of ["/search", "/cases"]) assert.ok(!(await text(`${path}?q=${encodeURIComponent(secret)}`)).includes(tale.number), `${path} finds the case by ${secret}`);
    }
  });

  part("the clerk answers with a photo", async () => {
    const page = tale.clerkPage;
    await page.goto("/todo");
    await page.locator(".todo-item", { hasText: tale.number }).locator(".todo-act").tap();
    await page.waitForURL(/\/answer$/);
    await ready(page);
    await page.setInputFiles('[name="after-photos"]', pictures[1]);
    await page.locator(".upload-item img").waitFor();
    await page.fill("[name=text]", "塌陷处已回填夯实，铺好新砖。");
    await page.locator("main form .btn-primary").tap();
    await moved(page);
    assert.equal(await state(page), "待核查");
  });

  part("nobody checks their own work, not even with the verifier's role", async () => {
    const clerk = await Visitor.signedIn(city, tale.clerk);
    for (const verb of ["verification", "rework", "closure"]) {
      assert.equal((await clerk.get(`/cases/${tale.number}/${verb}`)).status, 403, verb);
      assert.equal((await clerk.post(`/cases/${tale.number}/${verb}`, { reason: "我自己看过", note: "很好" })).status, 403, verb);
    }
    const security = await Visitor.signedIn(city, SECURITY_ADMIN);
    const form = (await security.get("/admin/roles/new")).text;
    const [, root] = form.match(/name="grant_unit"[\s\S]*?<option value="(U-[^"]+)"/);
    await security.send("/admin/roles", { grant_person: tale.clerk, grant_role: "verifier", grant_unit: root, first_day: day(0) });
    const answer = await clerk.post(`/cases/${tale.number}/verification`, { note: "很好" });
    assert.equal(answer.status, 403);
    assert.match(answer.text, /不能核查自己单位/);
    assert.equal(await statusNow(), "待核查");
  });

  aside("not even with the verifier's role does the unit learn who reported", async () => {
    const clerk = await Visitor.signedIn(city, tale.clerk);
    const said = (await clerk.get(`/cases/${tale.number}`)).text;
    for (const secret of Object.values(REPORTER)) assert.ok(!said.includes(secret), `the unit that handles the case reads ${secret}`);
  });

  part("the role is taken back", async () => {
    const security = await Visitor.signedIn(city, SECURITY_ADMIN);
    const revocation = await security.link(`/admin/roles?q=${tale.clerk}&role=verifier`, /\/revocation$/);
    await security.send(revocation, { act_reason: "试完了" });
  });

  part("somebody else verifies and closes", async () => {
    const page = await desk(INSPECTOR);
    tale.inspector = page;
    await take(page, "核查通过");
    await page.fill("[name=note]", "到场看过，已经修好。");
    await page.locator("main form .btn-primary").click();
    await moved(page);
    assert.equal(await state(page), "待结案");
    await take(page, "结案");
    await page.locator("main form .btn-primary").click();
    await moved(page);
    assert.equal(await state(page), "已结案");
  });

  part("the reporter sees it closed, with both photos, and contests once", async () => {
    const page = tale.reporter;
    await until("both photos are shown", async () => {
      await page.goto(tale.status);
      return (await page.locator(".pair-photo img").count()) === 2;
    });
    await settled(page);
    assert.equal(await state(page), "已结案");
    for (const src of await page.locator(".pair-photo img").evaluateAll((all) => all.map((i) => i.currentSrc || i.src))) {
      const picture = await page.context().request.get(src);
      assert.match(picture.headers()["content-type"], /^image\//);
    }
    await page.locator("summary", { hasText: "没有解决" }).tap();
    await page.fill("[name=reason]", "才过一天，砖又松了。");
    await page.locator('form[action$="/contest"] button').tap();
    await page.locator(".callout-ok").waitFor();
    assert.equal(await state(page), "复核中");
    assert.equal(await page.locator('form[action$="/contest"]').count(), 0);
    const again = await new Visitor(city).post(`${tale.status}/contest`, { reason: "再说一遍。" });
    assert.equal(again.status, 409);
  });

  part("the office reopens, the unit answers again, it is verified and closed", async () => {
    const office = await desk(OTHER_OFFICE);
    await take(office, "复核");
    assert.match(await office.locator("aside").innerText(), /砖又松了/);
    await office.locator("[name=decision][value=reopen]").check();
    await office.fill("[name=reason]", "情况属实，重新铺设。");
    await office.locator("main form .btn-primary").click();
    await moved(office);
    assert.equal(await state(office), "待处置");
    await close(office);

    const clerk = tale.clerkPage;
    await take(clerk, "反馈处置结果");
    await clerk.waitForURL(/\/answer$/);
    await ready(clerk);
    await clerk.setInputFiles('[name="after-photos"]', pictures[2]);
    await clerk.locator(".upload-item img").waitFor();
    await clerk.fill("[name=text]", "重做垫层，加固后重新铺砖。");
    await clerk.locator("main form .btn-primary").tap();
    await moved(clerk);

    const inspector = tale.inspector;
    for (const [verb, after] of [["核查通过", "待结案"], ["结案", "已结案"]]) {
      await take(inspector, verb);
      await inspector.locator("main form .btn-primary").click();
      await moved(inspector);
      assert.equal(await state(inspector), after);
    }
  });

  part("the reporter says how satisfied they are, and may not contest again", async () => {
    const page = tale.reporter;
    await page.goto(tale.status);
    assert.equal(await state(page), "已结案");
    assert.equal(await page.locator('form[action$="/contest"]').count(), 0, "a second contest is offered");
    const again = await new Visitor(city).post(`${tale.status}/contest`, { reason: "还是不行。" });
    assert.equal(again.status, 409);
    assert.match(again.text, /只能提出一次异议/);
    await page.locator(".rating label", { hasText: /^\s*满意/ }).tap();
    await page.locator('form[action$="/satisfaction"] button').tap();
    await page.locator(".callout-ok").waitFor();
    assert.ok(await page.locator("[name=verdict][value=good]").isChecked());
  });

  part("the case tells every step in its order, and by whom", async () => {
    const page = await desk(OFFICE);
    await page.goto(`/cases/${tale.number}`);
    await settled(page);
    const texts = (await page.locator(".history-text").allInnerTexts()).reverse();
    const steps = [/随手拍上报/, /核实属实/, /立案/, new RegExp(`派遣给${place.unit}`), /反馈处置结果.*1 张/, /核查通过/, /结案/, /提出异议/, /重新办理/, /反馈处置结果.*1 张/, /核查通过/, /结案/, /满意/];
    assert.equal(texts.length, steps.length, texts.join("\n"));
    for (const [n, step] of steps.entries()) assert.match(texts[n], step, `step ${n + 1} of\n${texts.join("\n")}`);
    const times = (await page.locator(".history-meta time").evaluateAll((all) => all.map((time) => Date.parse(time.dateTime)))).reverse();
    assert.deepEqual(times, times.toSorted((a, b) => a - b));
    const notes = await page.locator(".history-note").allInnerTexts();
    for (const words of ["塌陷处已回填夯实", "砖又松了", "情况属实", "重做垫层"]) assert.ok(notes.some((note) => note.includes(words)), `the history does not say ${words}`);
    assert.equal(await page.locator(".history .shots img").count(), 3, "photos stand with the step they came with");
    assert.deepEqual(faults(page), []);

    // the unit reads the same without the reporter
    const unit = (await (await Visitor.signedIn(city, tale.clerk)).get(`/cases/${tale.number}`)).text;
    assert.ok(unit.includes("砖又松了"));
    for (const secret of Object.values(REPORTER)) assert.ok(!unit.includes(secret));
  });

  aside("the auditor reads it in words, as it was", async () => {
    const auditor = await Visitor.signedIn(city, AUDITOR);
    const lines = [];
    for (let path = "/admin/audit", pages = 0; path && pages < 4; pages += 1) {
      const { text } = await auditor.get(path);
      lines.push(...[...text.matchAll(/<p class="history-text">([^<]*)</g)].map((m) => m[1]));
      path = text.match(/href="(\?[^"]*)" rel="next"/)?.[1].replaceAll("&amp;", "&").replace(/^/, "/admin/audit");
    }
    assert.ok(lines.length > 50, "the log is not read");
    // told by itself, not as the work of staff; and no code of the program where words should be
    const byTheirOwn = lines.filter((line) => line.includes("市民通过随手拍上报")).length > 0;
    const codes = [...new Set(lines.filter((line) => /\b[a-z-]+\.[a-z-]+\b/.test(line)))];
    const reports = [...new Set(lines.filter((line) => line.startsWith("访客") && line.includes("上报，")))];
    assert.deepEqual({ byTheirOwn, codes }, { byTheirOwn: true, codes: [] }, `reports of the public are told as: ${reports.join(" | ")}`);
  });

  part("the log is whole, and shows every later touch", async (t) => {
    await city.halt();
    const whole = command("verify", "--data", city.data);
    assert.equal(whole.status, 0, whole.stdout + whole.stderr);
    assert.match(whole.stdout, /620200: whole, \d+ events in 1 lanes/);

    const tamper = await tamperer();
    if (!tamper) return t.skip("this machine has neither node:sqlite nor sqlite3 nor python3 to alter a database with");
    const [first, second] = [40, 41];
    const row = (seq) => `lane = 0 and seq = ${seq}`;
    const touches = [
      ["alters what an event says", `update audit set actor_name = '别人' where ${row(first)};`, first],
      ["alters when it was", `update audit set at = at - 86400000 where ${row(first)};`, first],
      ["deletes one", `delete from audit_text where event_id in (select id from audit where ${row(first)}); delete from audit where ${row(first)};`, first],
      ["deletes the last", "delete from audit_text where event_id in (select id from audit where seq = (select max(seq) from audit)); delete from audit where seq = (select max(seq) from audit);", undefined],
      ["swaps two", `update audit set seq = -1 where ${row(first)}; update audit set seq = ${first} where ${row(second)}; update audit set seq = ${second} where ${row(-1)};`, first],
      ["alters what somebody wrote", "update audit_text set text = '好' where event_id = (select min(event_id) from audit_text);", undefined],
    ];
    for (const [what, sql, seq] of touches) {
      const copy = mkdtempSync(join(tmpdir(), "chuangcheng-e2e-touched-"));
      try {
        cpSync(city.data, copy, { recursive: true });
        await tamper(join(copy, "620200", "city.db"), sql);
        const { status, stdout, stderr } = command("verify", "--data", copy);
        assert.equal(status, 3, `who ${what} is not found out: ${stdout}${stderr}`);
        assert.match(stdout, new RegExp(`620200: BROKEN at lane 0, seq ${seq ?? "\\d+"}, event (\\d+|none): \\w+`), what);
      } finally {
        rmSync(copy, { recursive: true, force: true });
      }
    }
  });
});

async function statusNow() {
  const { text } = await new Visitor(city).get(tale.status);
  return text.match(/<span class="state[^"]*">([^<]*)</)[1].trim();
}
