/**
 * What the pages need to be opened: a case in every state, receipts, a finished import, a letter, notices … made through the
 * program's own forms in the demonstration city, so that no page depends on what chance has put there.
 */
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filled, printed } from "./form.mjs";
import { asFile, photo } from "./picture.mjs";
import { AUDITOR, CLERK, HALF_WAY, HEAD, INSPECTOR, LEADER, OFFICE, SECURITY_ADMIN, SYSTEM_ADMIN, UNIT_NAME } from "./people.mjs";
import { asRecording, wav } from "./sound.mjs";
import { until } from "./until.mjs";
import { Visitor } from "./visitor.mjs";

/** `2026-03-05`, that many days from today in China. */
export const day = (days) => new Date(Date.now() + 8 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);

/** A report from the public. Gives its number and the token of its status page. */
export async function report(city, body) {
  const answer = await fetch(`${city.address}/api/v1/reports`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `a report is refused: ${await answer.clone().text()}`);
  return answer.json();
}

export async function setScene(city, browser) {
  const as = (login) => Visitor.signedIn(city, login);
  const [office, clerk, admin, security] = await Promise.all([as(OFFICE), as(CLERK), as(SYSTEM_ADMIN), as(SECURITY_ADMIN)]);
  const act = (who, number, verb, fields = {}, files = []) => who.send(`/cases/${number}/${verb}`, fields, files);
  const stranger = new Visitor(city);
  const scene = {};

  // ── who and where ──
  scene.unit = await unitCode(office, UNIT_NAME);
  const known = (await office.json("/api/v1/cases")).items.filter((c) => c.kind && c.due_at && c.lng && c.address);
  assert.ok(known.length >= 20, "the demonstration city has too few cases to copy");
  const pictures = { before: await photo(browser, "整改前"), after: await photo(browser, "整改后") };
  const proof = [asFile(pictures.after, "after-photos")];

  // ── a case in every state, at the places and of the kinds of cases that the city has ──
  let used = 0;
  const fresh = async () => {
    const like = known[used];
    used += 1;
    const { title, kind, lng, lat, address } = like;
    const words = { description: `${title}，麻烦派人来看看。`, kind: "", other_kind: kind, lng, lat, address, reporter: "王小明", phone: "13800138000" };
    const { path, text } = await stranger.send("/report", words, [asFile(pictures.before, "photos")]);
    return { number: text.match(/CASE-\d{4}-\d{6}/)[0], token: path.split("t=")[1], kind };
  };
  const confirmed = async () => {
    const one = await fresh();
    await act(office, one.number, "confirmation");
    return one;
  };
  const registered = async () => {
    const one = await confirmed();
    await act(office, one.number, "registration", { item: one.kind });
    return one;
  };
  const dispatched = async () => {
    const one = await registered();
    await act(office, one.number, "dispatch", { lead: scene.unit });
    return one;
  };
  const answered = async () => {
    const one = await dispatched();
    await act(clerk, one.number, "answer", { text: "已安排人员到场处理，现场恢复正常。" }, proof);
    return one;
  };
  const verified = async () => {
    const one = await answered();
    await act(office, one.number, "verification", { note: "现场复查，已处理到位。" });
    return one;
  };
  const closed = async () => {
    const one = await verified();
    await act(office, one.number, "closure");
    return one;
  };
  scene.spoken = await spoken(stranger);
  scene.reported = await fresh();
  scene.confirmed = await confirmed();
  scene.registered = await registered();
  scene.dispatched = await dispatched();
  scene.answered = await answered();
  scene.verified = await verified();
  scene.closed = await closed();
  scene.contested = await closed();
  await stranger.send(`/r/${scene.contested.token}/contest`, { reason: "早上路过，垃圾还在原处。" });
  scene.asked = await dispatched();
  await act(clerk, scene.asked.number, "receipt");
  await act(clerk, scene.asked.number, "extension-request", { amount: "1", reason: "需要开挖路面，材料明天到货。" });
  scene.supervised = await dispatched();
  Object.assign(scene, await letters(office, await as(LEADER), act, scene.supervised.number, (await dispatched()).number));
  scene.parked = await dispatched();
  await act(office, scene.parked.number, "parking", { until: day(20), reason: "冬季无法铺设沥青，开春后施工。" });
  scene.disputed = await dispatched();
  await act(clerk, scene.disputed.number, "dispute", { reason: "该井盖属通信公司，不归我局管理。" });
  scene.merged = await fresh();
  await act(office, scene.merged.number, "merge", { into: scene.dispatched.number });

  // ── a case that one of the unit's people has, and two that somebody outside was asked about ──
  scene.assigned = await dispatched();
  const head = await as(HEAD);
  const clerkId = (await head.get(`/cases/${scene.assigned.number}/assignment`)).text;
  const people = [...clerkId.matchAll(/<option value="(\d+)"[^>]*>([^<]+)</g)].map(([, id, name]) => ({ id, name: name.trim() }));
  const self = (await clerk.get("/me")).text;
  await act(head, scene.assigned.number, "assignment", { handler: people.find((one) => self.includes(one.name)).id, note: "请今天到现场看看。" });
  const forwarded = async () => {
    const one = await dispatched();
    const ask = { party: "市供电公司抢修班", mail: "repair@power.example.cn", phone: "0937-6226666", ask: "配电箱门损坏，请到场修复并拍照。", answer_by: `${day(3)}T18:00` };
    await act(clerk, one.number, "forward", ask);
    const { text } = await clerk.get(`/cases/${one.number}`);
    return { ...one, link: text.match(/\/f\/[0-9a-f]{32}/)[0] };
  };
  scene.forwarded = await forwarded();
  scene.forwardAnswered = await forwarded();
  await stranger.send(scene.forwardAnswered.link, { party_reply: "已更换箱门并上锁，现场已清理。" }, [asFile(pictures.after, "photos")]);

  // ── a photo of which parts are covered, and words that are struck out ──
  scene.covered = await confirmed();
  const coveredPhoto = async () => (await office.json(`/api/v1/cases/${scene.covered.number}`)).photos[0];
  scene.covered.photo = (await until("the photo is shown", coveredPhoto)).split("/")[2];
  await office.send(`/cases/${scene.covered.number}/photos/${scene.covered.photo}/cover`, { x_1: "8", y_1: "22", w_1: "40", h_1: "20", look_1: "black", x_2: "60", y_2: "62", w_2: "22", h_2: "24", look_2: "pixels", shows: "plate" });
  await office.send(`/cases/${scene.covered.number}/public-view`, { words: "麻烦派人" });

  // ── questions, voices, what comes after closing ──
  scene.wished = await dispatched();
  await act(clerk, scene.wished.number, "question-wish", { question: "照片上看不出是哪一侧，请问在路的哪一边？" });
  scene.inquired = await dispatched();
  await act(office, scene.inquired.number, "question", { question: "您好，请问在路的哪一侧？" });
  const { lng, lat } = (await office.json(`/api/v1/cases/${scene.closed.number}`)) ?? {};
  scene.recurrence = (await report(city, { description: "才几天又这样了", kind: scene.closed.kind, lng, lat })).number;
  await act(office, scene.recurrence, "confirmation");
  scene.look = (await office.link("/second-looks", /^\/cases\/CASE-[\d-]+\/second-look$/)).split("/")[2];

  // photos are looked through in the background, and are shown when that is done
  await until("the photos are shown", async () => (await office.json(`/api/v1/cases/${scene.closed.number}`)).photos.length === 2);

  // the same photo proves more than one repair here, which the program finds
  scene.photoCheck = await until("a photo is noticed", async () => (await office.json("/api/v1/photo-checks")).items[0]?.number, { seconds: 90 });

  // ── lists, files, letters ──
  await office.send("/saved-filters", { list: "/cases", name: "本周超期", query: "only=overdue&sort=due" });
  scene.task = await importCases(office);
  const suggestion = { kind: "suggestion", body: "希望在世纪广场多设几个分类垃圾桶。", contact: "13900139000" };
  scene.suggestion = (await stranger.send("/suggestions", suggestion)).path.split("/").pop();
  scene.suggestionAnswered = (await stranger.send("/suggestions", { ...suggestion, body: "公厕指示牌字太小，老人看不清。" })).path.split("/").pop();
  const leader = await as(LEADER);
  scene.suggestionId = (await leader.link("/admin/suggestions", /^\/admin\/suggestions\/\d+$/)).split("/").pop();
  const second = [...(await leader.get("/admin/suggestions")).text.matchAll(/\/admin\/suggestions\/(\d+)"/g)].map((m) => m[1]).find((id) => id !== scene.suggestionId);
  const { text } = await leader.get(`/admin/suggestions/${second}`);
  await leader.send(`/admin/suggestions/${second}/answer`, { version: text.match(/name="version" value="(\d+)"/)[1], answer: "已更换大字指示牌，感谢您的建议。" });
  scene.suggestionAnsweredId = second;
  await (await as(HALF_WAY)).send("/me/second-factor/beginning");
  await admin.send("/admin/sign-in", {
    version: 0,
    provider_issuer: "https://sso.example.gov.cn/realms/city",
    provider_client: "chuangcheng",
    provider_label_zh: "用市统一身份认证登录",
    provider_label_en: "Sign in with the city",
    provider_claim: "employee_number",
    provider_passwords: "everybody",
    provider_on: "1",
  });
  scene.notice = await until("the office is told of the contest", async () => (await office.get("/inbox")).text.match(/\/inbox\/(\d+)/)?.[1]);

  // ── registers ──
  scene.section = (await office.link("/sections", /^\/sections\/S-\d+$/)).split("/").pop();
  scene.site = (await office.link("/sites", /^\/sites\/[A-Z]+-?\d+$/)).split("/").pop();
  scene.division = (await office.link("/divisions", /^\/divisions\/\d+$/)).split("/").pop();
  scene.item = (await office.link("/admin/catalogue", /^\/admin\/catalogue\/items\//)).split("/").pop();
  scene.grant = (await security.link("/admin/roles", /^\/admin\/roles\/\d+\/end$/)).split("/")[3];
  scene.account = (await admin.link("/admin/accounts?q=unit-", /^\/admin\/accounts\/unit-/)).split("/").pop();
  await security.send(`/admin/accounts/${scene.account}/identities`, { identity_subject: "E-2031" });
  Object.assign(scene, await streets(city, office, act, scene.unit));
  Object.assign(scene, await webhooks(office));
  Object.assign(scene, await programs(security, clerk));
  Object.assign(scene, await routing(office, scene.unit, scene.closed.kind));
  scene.selfCheck = (await leader.send("/admin/self-check/records")).path.split("/").pop();
  Object.assign(scene, await partner(city, office, admin));
  await auditOnce(city);
  Object.assign(scene, await held(security));
  Object.assign(scene, await asked(office));
  Object.assign(scene, await displays(admin));
  Object.assign(scene, await appeals(office, clerk));
  const { events } = await leader.json("/api/v1/assessment-negative");
  scene.negative = Object.fromEntries(events.map((event) => [event.state, event.number]));
  Object.assign(scene, await forms(browser, office));
  Object.assign(scene, await inspections(office));
  Object.assign(scene, await fieldwork(office, await as(INSPECTOR)));
  Object.assign(scene, await evidence(city, office));
  scene.survey = await surveys(city, office);
  return scene;
}

/** Evidence of the demonstration: an item that waits for its first review, a draft of the unit, a request that was not made. */
async function evidence(city, office) {
  const first = (await office.json("/api/v1/evidence/items?state=first")).items[0].number;
  const stopped = (await office.json("/api/v1/evidence/requests?state=stopped")).items[0].number;
  const clerk = await Visitor.signedIn(city, CLERK);
  const unit = (await clerk.get("/evidence/items/new")).text.match(/<option value="(U-\d+)"/)[1];
  const fields = { unit, evidence_kind: "statement", title: "门前三包落实情况", statement: "巡查 32 次，整改率提升到 97%。" };
  const draft = (await clerk.send("/evidence/items", fields)).path.split("/").pop();
  return { evidenceFirst: first, evidenceStopped: stopped, evidenceDraft: draft };
}

/** Surveys of the demonstration, one closed and one open; and a draft of one question. */
async function surveys(city, office) {
  const draft = (await office.send("/surveys", { survey_name: "窗口服务模拟测评", survey_audience: "市民" })).path.split("/").pop();
  const question = { version: 1, question_text: "您对窗口服务满意吗？", question_kind: "scale", question_options: "是\n否" };
  await office.send(`/surveys/${draft}/questions`, question);
  const sample = await office.json("/api/v1/surveys/SV-0002/sample");
  const inspector = await Visitor.signedIn(city, INSPECTOR);
  const doors = (await inspector.json("/api/v1/surveys/SV-0002/segments/3")).doors;
  return { draft, link: sample.segments[0].link, household: doors[0].household };
}

/** A display that is in use, and one that was revoked. */
async function displays(admin) {
  const keep = async (name) => {
    const form = { display_name: name, display_place: "市文明办三楼指挥大厅", display_until: day(300) };
    const { text } = await admin.send("/admin/screens", form);
    return { path: text.match(/\/screen\/d\/[a-z0-9]{26}/)[0], number: text.match(/\/admin\/screens\/(SD-\d+)/)[1] };
  };
  const [used, ended] = [await keep("指挥大厅主屏"), await keep("一楼大厅旧屏")];
  await admin.send(`/admin/screens/${ended.number}/revocation`, { version: 1 });
  return { display: used.path, displayNumber: used.number, displayEnded: ended.path };
}

/** An inspection that is planned, one that is bound, one that is drawn with a point replaced, one that has ended. */
async function inspections(office) {
  const planned = async (name) => {
    const form = {
      inspection_name: name,
      inspection_from: day(0),
      inspection_until: day(4),
      inspection_method: "per-type",
      inspection_by_division: "1",
      inspection_exclude: "0",
      inspection_second: "10",
      inspection_public: "抽样当日福彩 3D 开奖号码",
      inspection_types: "market",
      amount_market: "4",
    };
    return (await office.send("/inspections", form)).path.match(/IN-\d{4}-\d{4}/)[0];
  };
  // the first version is 1, and each step makes one more
  const step = (number, to, version, fields = {}) => office.send(`/inspections/${number}/${to}`, { version, ...fields });
  const drawn = async (name) => {
    const number = await planned(name);
    await step(number, "commitment", 1);
    await step(number, "draw", 2, { inspection_value: "2026180期 5 0 7", inspection_witness: "市纪委监委 王明" });
    return number;
  };
  const scene = { inspectionPlanned: await planned("集贸市场专项考察"), inspectionBound: await planned("集贸市场回访") };
  await step(scene.inspectionBound, "commitment", 1);
  scene.inspectionDrawn = await drawn("集贸市场暗访");
  const point = (await office.json(`/api/v1/inspections/${scene.inspectionDrawn}/points`)).items[0].number;
  await step(scene.inspectionDrawn, "replacements", 3, { inspection_point: point, inspection_reason: "闭店装修，大门上锁。" });
  const { text } = await office.get(`/inspections/${scene.inspectionDrawn}/inspectors`);
  const people = [...text.matchAll(/name="inspection_inspectors" value="(\d+)"/g)].map((m) => m[1]);
  await step(scene.inspectionDrawn, "inspectors", 4, { inspection_inspectors: people });
  scene.inspectionEnded = await drawn("集贸市场月度考察");
  await step(scene.inspectionEnded, "start", 3);
  await step(scene.inspectionEnded, "end", 4);
  return scene;
}

/** A record that waits to be looked at, one whose finding can become a case, and a point that an inspector has not been to. */
async function fieldwork(office, inspector) {
  const records = [];
  for (let next = ""; next !== null && records.length < 400; ) {
    const page = await office.json(`/api/v1/fieldwork/records${next ? `?after=${next}` : ""}`);
    records.push(...page.items);
    next = page.next;
  }
  const unmet = (await office.json("/api/v1/fieldwork/observations?standard=%E9%80%9A%E7%94%A8-01&outcome=unmet")).items;
  const { text } = await inspector.get("/fieldwork");
  return {
    fieldRecord: records.find((one) => one.state === "handed-in").number,
    fieldFound: unmet[0].record,
    fieldInspection: records.find((one) => one.second).inspection,
    fieldVisit: text.match(/\/fieldwork\/visits\/(\d+)/)[1],
  };
}

/** Forms that came back: one whose words wait to be typed, one on which nothing is ticked. */
async function forms(browser, office) {
  const { number, pages } = await printed(office, "胜利街道便民服务中心", 3);
  const file = (bytes) => ({ field: "pages", name: "form.jpg", type: "image/jpeg", bytes });
  const [ticked, blank] = [await filled(browser, pages[0], [0]), await filled(browser, pages[1], [])];
  await office.send("/paper/scans", {}, [file(ticked), file(blank)]);
  const of = (state) => async () => (await office.json(`/api/v1/paper/scans?state=${state}`)).items[0]?.number;
  return { batch: number, formDesk: await until("a form is read", of("desk")), formRepair: await until("a form waits", of("repair")) };
}

export async function unitCode(office, name) {
  for (let next = ""; ; ) {
    const page = await office.json(`/api/v1/units${next ? `?after=${next}` : ""}`);
    const found = page.items.find((u) => u.name === name);
    if (found) return found.code;
    next = page.next;
    assert.ok(next, `the city has no unit ${name}`);
  }
}

/** A report that somebody said instead of writing it. */
async function spoken(stranger) {
  const { path, text } = await stranger.send("/report", { address: "迎宾路8号" }, [asRecording(wav(4))]);
  return { number: text.match(/CASE-\d{4}-\d{6}/)[0], token: path.split("t=")[1] };
}

/** A trial import with a row that is refused: the task, which is done. */
async function importCases(office) {
  const rows = [
    "msg_id,title,body,posted_at_raw,user_ref",
    "wm-1,新华路路灯不亮,晚上八点以后整条路漆黑,2025-03-05 20:11:00,u1",
    "wm-2,雄关广场垃圾未清,周末游客多,2025/3/6 9:20:00,u2",
    "wm-3,五一路井盖破损,行人绊倒,三月七日上午,u3",
    "wm-1,新华路路灯不亮,重复的一行,2025-03-05 20:11:00,u1",
  ];
  const file = { field: "import_file", name: "市民留言.csv", type: "text/csv", bytes: Buffer.from(rows.join("\n")) };
  const started = await office.send("/cases/import", { system: "市民留言平台", mapping: "civic_appeals_zh", dry_run: "1" }, [file]);
  const task = started.path.split("/").pop();
  await until("the trial import is done", async () => (await office.get(`/cases/imports/${task}`)).status === 200);
  return task;
}

/** An adopted stretch of the unit; and one that another unit has taken over today, while a case is open there. */
async function streets(city, office, act, unit) {
  const { items } = await office.json("/api/v1/streets?limit=500");
  const own = items.filter((a) => a.unit_code === unit && !a.shared && a.to_m - a.from_m > 60);
  assert.ok(own.length >= 2, `${UNIT_NAME} has adopted too little`);
  const [kept, given] = own;
  const rival = items.find((a) => a.unit_code !== unit);
  const { features } = await office.json(`/geo/stretches/${given.number}.json`);
  const line = features[0].geometry.coordinates;
  const [lng, lat] = line[0].map((x, n) => (x + line[1][n]) / 2);
  const { number } = await report(city, { description: "人行道地砖松动，下雨天溅水。", lng, lat });
  await act(office, number, "confirmation");
  await act(office, number, "registration", { item: (await office.json("/api/v1/catalogue"))[0].code });
  await act(office, number, "dispatch", { lead: unit });
  const version = (await office.get(`/streets/${given.number}/replacement`)).text.match(/name="version" value="(\d+)"/)[1];
  const taken = await office.send(`/streets/${given.number}/replacement`, {
    version,
    adoption_unit: rival.unit_code,
    adoption_first: day(0),
    adoption_reason: "责任路段调整。",
  });
  return { stretch: kept.number, street: kept.street, ownSection: kept.section, handedStretch: taken.path.match(/BJ-\d+/)[0] };
}

/** About one case a letter that is out and a summons that is prepared; about another a letter to be signed and a summons that is out. */
async function letters(office, leader, act, one, other) {
  const ask = async (number, rung) => {
    const fields = { rung, answer_by: rung === "letter" ? `${day(3)}T18:00` : "", text: "请于期限前办结并书面说明原因。" };
    await act(office, number, "supervision", fields);
    // the newest stands first
    return (await office.link(`/cases/${number}`, /^\/letters\/LD-/)).split("/")[2];
  };
  const issued = await ask(one, "letter");
  await leader.send(`/letters/${issued}/signature`);
  const summoned = await ask(other, "summons");
  const meeting = { meet_at: `${day(2)}T15:00`, meet_place: "市文明办会议室", meet_whom: "主要负责人" };
  await office.send(`/letters/${summoned}/submission`, { text: "请准备书面说明。", ...meeting });
  await leader.send(`/letters/${summoned}/signature`);
  return { issued, summons: await ask(one, "summons"), summoned, submitted: await ask(other, "letter") };
}

/** An appeal that waits, and a row that may be appealed against. */
async function appeals(office, clerk) {
  await office.send("/assessment/appeals/terms", { term_file: 200, term_answer: 10 });
  const { text } = await clerk.get("/assessment/rounds/AR-000002/rows?only=faults");
  const [row, other] = new Set([...text.matchAll(/\/assessment\/rounds\/AR-000002\/rows\/(\d+)"/g)].map((m) => m[1]));
  const filed = await clerk.send(`/assessment/rounds/AR-000002/rows/${row}/appeal`, { appeal_grounds: "考察当天该处正在按计划施工，围挡已经公示。", appeal_wanted: "0" });
  return { appeal: filed.path.split("/").pop(), appealRow: other };
}

/** Programs that sign people in here: one that somebody has agreed to, and one that was stopped. */
async function programs(security, clerk) {
  const back = "https://brain.example.cn/back";
  const enter = async (name) => {
    const made = await security.send("/admin/programs", { signon_name: name, signon_purpose: "指挥中心看板，用来认出值班人员", signon_redirects: back, signon_scopes: "profile" });
    return made.text.match(/SP-\d{4}/)[0];
  };
  const [program, programStopped] = [await enter("城市大脑"), await enter("旧值班系统")];
  await security.send(`/admin/programs/${programStopped}/stop`, { version: 1 });
  const asked = new URLSearchParams({ client_id: program, redirect_uri: back, response_type: "code", scope: "openid profile", state: "s", nonce: "n", code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", code_challenge_method: "S256" });
  await clerk.send("/connect/consent", { asked: asked.toString(), agree: "1" });
  return { program, programStopped, signon: `/connect/authorize?${asked}` };
}

/** A receiver that was tried, and one that is paused. Nobody is at these addresses. */
async function webhooks(office) {
  const keep = async (name) => {
    const made = await office.send("/admin/webhooks", { hook_name: name, hook_url: "https://receiver.example.cn/events" });
    return made.text.match(/WH-\d+/)[0];
  };
  const [webhook, webhookPaused] = [await keep("市民热线平台"), await keep("数据共享平台")];
  const version = async (number) => (await office.get(`/admin/webhooks/${number}`)).text.match(/name="version" value="(\d+)"/)?.[1];
  await office.send(`/admin/webhooks/${webhook}/ping`, { version: await version(webhook) });
  await office.send(`/admin/webhooks/${webhookPaused}/pause`, { version: await version(webhookPaused) });
  const delivery = (await office.link(`/admin/webhooks/${webhook}`, /\/deliveries\/msg_/)).split("/").pop();
  return { webhook, webhookPaused, delivery };
}

/** Two rules, and a dry run of them over the last months. Prepared only, so that no other case of the scene is dispatched by one. */
async function routing(office, unit, kind) {
  const rule = (name, fields) => office.send("/admin/routing-rules", { rule_name: name, rule_active: "1", rule_lead: unit, rule_mode: "prepare", rule_why: "按三定方案，由该单位负责。", ...fields });
  const made = await rule("夜间垃圾归本单位", { rule_kinds: kind, rule_words: "独角兽、麒麟", rule_hour_from: "22", rule_hour_until: "6" });
  await rule("带照片的井盖", { rule_expression: '"井盖" in text && !urgent' });
  const asked = await office.send("/admin/routing-rules/dry-runs", { from: day(-60), until: day(0), with_off: "1" });
  const href = await until("the rules are tried", async () => (await office.get(asked.path)).text.match(/\/admin\/routing-rules\/dry-runs\/\d+/)?.[0], { seconds: 60 });
  return { routingRule: made.path.split("/").pop(), routingRun: href.split("/").pop() };
}

/** Everything from long ago is held. */
async function held(security) {
  const made = await security.send("/admin/keeping/holds", { hold_kind: "before", before_day: "2020-01-01", reason: "(2026)甘02行初7号" });
  return { hold: made.text.match(/HOLD-\d{4}-\d{4}/)[0] };
}

/** Somebody asks what is held of their number, and data wait for a leader's consent to be given away. */
async function asked(office) {
  const given = await office.send("/personal-provisions", {
    provision_kind: "entrust", receiver: "演示印刷有限公司", contact: "经理 13612340000", purpose: "打印回访信封", data: "姓名、地址", people: "1200", children: "1",
    basis: "consent", document: "合同 2026-17", assessment: "影评 2026-3", way: "当面交付加密光盘", safeguards: "专机打印，不得复制，十日内销毁", from_date: day(0), until_date: day(15),
  });
  const made = await office.send("/personal-requests", { request_kind: "access", name: "欧阳晓梅", phone: "13612348765", identity: "当面核对身份证", asked_on: day(-1), wish: "想知道保存了我的哪些信息。" });
  return { request: made.text.match(/REQ-\d{4}-\d{4}/)[0], provision: given.text.match(/PROV-\d{4}-\d{4}/)[0] };
}

/** The log says when it was last proved. */
async function auditOnce(city) {
  await (await Visitor.signedIn(city, AUDITOR)).send("/admin/audit/verification");
}

/** A hotline that delivers files: two orders, one of which it closed by itself, and a row that nobody can read. */
async function partner(city, office, admin) {
  const fields = { xp_name: "市12345便民热线", xp_kind: "hotline", xp_carrier: "folder", xp_pulls: "1", xp_sends: "1", xp_every: "1", xp_crs: "gcj02" };
  await admin.send("/exchange/partners", fields);
  const number = (await office.link("/exchange/partners", /^\/exchange\/partners\/XP-\d+$/)).split("/").pop();
  await office.send(`/exchange/partners/${number}/mapping`, { kind: "state", xv_theirs: "已办结", xv_ours: "closed" });
  const code = readdirSync(city.data, { withFileTypes: true }).find((entry) => entry.isDirectory() && /^\d{6}$/.test(entry.name)).name;
  const inbox = join(city.data, code, "exchange", number, "in");
  mkdirSync(inbox, { recursive: true });
  const rows = [
    "工单号,版本,动作,时间,状态,类别,承办单位,办理时限,标题,内容,地址,来电人,电话",
    "2026120500017,1,新增,2026-03-05 09:00,处理中,市容环境/垃圾,城市管理局,2026-03-06 18:00,小区门口垃圾堆放,市民反映小区门口垃圾两天没有清运,新华北路12号,王小明,13800138000",
    "2026120500017,2,结案,2026-03-05 16:00,已办结,,,,,,,,",
    "2026120500018,1,新增,2026-03-05 09:30,处理中,道路/井盖,市政养护,2026-03-07 18:00,井盖破损,市民反映井盖破损,胜利南路3号,王小红,13800138001",
    "2026120500019,1,新增,昨天上午,处理中,,,,路灯不亮,市民反映路灯不亮,雄关路8号,,",
  ];
  writeFileSync(join(inbox, "20260305.csv.part"), `${rows.join("\n")}\n`);
  renameSync(join(inbox, "20260305.csv.part"), join(inbox, "20260305.csv"));
  await office.send(`/exchange/partners/${number}/pull`);
  const open = async () => (await office.json("/api/v1/exchange/differences")).items.find((one) => one.aspect === "state")?.number;
  return { partner: number, difference: await until("the two disagree", open, { seconds: 60 }) };
}
