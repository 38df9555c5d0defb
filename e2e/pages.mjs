/**
 * Every page: axe looks at it, it is opened on a phone and without script, and it is looked at by eye. `coverage.test.mjs`
 * holds the list against docs/generated/routes.md.
 *
 * name: of its screenshots. route: as in the list of routes. as: who opens it. path: the address, or a function of the scene
 * (scene.mjs) that makes it. does: what the page is for, as a selector of what must be seen without script. status: 200 unless
 * said. script: true where the page is of no use without script (a map), so that only its heading is asked for.
 */
import { AUDITOR, CLERK, HALF_WAY, HEAD, INSPECTOR, LEADER, OFFICE, SECURITY_ADMIN, SYSTEM_ADMIN } from "./people.mjs";

const page = (name, route, does, more = {}) => ({ name, route, path: route, does, ...more });
const by = (as) => (name, route, does, more = {}) => page(name, route, does, { as, ...more });
const [office, clerk, head, admin, security, leader] = [OFFICE, CLERK, HEAD, SYSTEM_ADMIN, SECURITY_ADMIN, LEADER].map(by);

/** A form that is sent to this address. */
const form = (action) => `main form[method=post][action="${action}"] button`;
/** A row of a list that leads on. */
const row = (start) => `main a[href^="${start}"]`;

/** The form of a verb, on a case that waits for it. */
const verb = (code, state, as = OFFICE) => ({
  name: `case-${code}`,
  route: `/cases/{number}/${code}`,
  as,
  path: (s) => `/cases/${s[state].number}/${code}`,
  does: `main form[method=post][action$="/${code}"] .btn-primary`,
});

/** A form of an adopted stretch. */
const stretch = (name, as, does = form, which = "stretch") => ({
  name: `street-${name}`,
  route: `/streets/{number}/${name}`,
  as,
  path: (s) => `/streets/${s[which]}/${name}`,
  does: typeof does === "string" ? does : `main form[method=post][action$="/${name}"] button`,
});

/** A move of a letter, on one that waits for it. */
const letter = (move, which, as = OFFICE) => ({
  name: `letter-${move}`,
  route: `/letters/{code}/${move}`,
  as,
  path: (s) => `/letters/${s[which]}/${move}`,
  does: `main form[method=post][action$="/${move}"] button`,
});

/** A form of a receiver. */
const webhook = (name, does = `main form[method=post][action$="/${name}"] button`, which = "webhook") => office(`webhook-${name}`, `/admin/webhooks/{number}/${name}`, does, { path: (s) => `/admin/webhooks/${s[which]}/${name}` });

const unitForm = (name, who = admin) => who(`unit-${name}`, `/units/{code}/${name}`, `main form[method=post][action$="/${name === "edit" ? "" : name}"] button`, { path: (s) => `/units/${s.unit}/${name}`, ...(name === "edit" ? { does: "main form[method=post] button.btn-primary" } : {}) });

export const PAGES = [
  // ── everybody ──
  page("home", "/", row("/report")),
  page("report", "/report", form("/report")),
  page("report-sign", "/report", form("/report"), { path: (s) => `/report?stretch=${s.stretch}` }),
  page("report-done", "/report/done", row("/r/"), { path: (s) => `/report/done?t=${s.reported.token}` }),
  page("offline", "/offline", row("/report")),
  page("outbox", "/outbox", "main a[href='/report']"),
  page("track", "/track", form("/track")),
  page("status", "/r/{token}", 'main form[action$="/contact"] button', { path: (s) => `/r/${s.dispatched.token}` }),
  page("status-asked", "/r/{token}", 'main form[action$="/reply"] button', { path: (s) => `/r/${s.inquired.token}` }),
  page("status-answered", "/r/{token}", 'main form[action$="/voice"] button', { path: (s) => `/r/${s.answered.token}` }),
  page("public-case-answered", "/public/cases/{number}", 'main form[action$="/voices"] button', { path: (s) => `/public/cases/${s.answered.number}` }),
  page("report-again", "/report", form("/report"), { path: (s) => `/report?again=${s.closed.number}` }),
  page("status-closed", "/r/{token}", 'main form[action$="/satisfaction"] button', { path: (s) => `/r/${s.closed.token}` }),
  page("status-contested", "/r/{token}", 'main form[action$="/contact"] button', { path: (s) => `/r/${s.contested.token}` }),
  page("public-cases", "/public/cases", row("/public/cases/")),
  page("public-cases-none", "/public/cases", row("/report"), { path: "/public/cases?q=独角兽" }),
  page("public-case", "/public/cases/{number}", "main ol.history li", { path: (s) => `/public/cases/${s.closed.number}` }),
  page("public-case-open", "/public/cases/{number}", 'main form[action$="/followers"] button', { path: (s) => `/public/cases/${s.dispatched.number}` }),
  page("public-map", "/public/map", row("/public/cases/"), { script: true }),
  page("public-streets", "/public/streets", "main form[role=search] button"),
  page("public-streets-found", "/public/streets", row("/public/streets/"), { path: (s) => `/public/streets?q=${encodeURIComponent(s.street)}` }),
  page("public-stretch", "/public/streets/{number}", row("/report"), { path: (s) => `/public/streets/${s.stretch}` }),
  page("public-unit", "/public/units/{code}", row("/public/streets/"), { path: (s) => `/public/units/${s.unit}` }),
  page("suggestions", "/suggestions", form("/suggestions")),
  page("suggestion-receipt", "/suggestions/{token}", "main #number", { path: (s) => `/suggestions/${s.suggestion}` }),
  page("suggestion-receipt-answered", "/suggestions/{token}", "main #number", { path: (s) => `/suggestions/${s.suggestionAnswered}` }),
  page("open-data", "/open-data", row("/ogc/collections/")),
  page("developers", "/developers", "main article"),
  page("ogc", "/ogc/", row("/ogc/collections")),
  page("ogc-conformance", "/ogc/conformance", "main li"),
  page("ogc-collections", "/ogc/collections", row("/ogc/collections/cases")),
  page("ogc-collection", "/ogc/collections/{id}", row("/ogc/download/"), { path: "/ogc/collections/cases" }),
  page("ogc-items", "/ogc/collections/{id}/items", "main tbody a", { path: "/ogc/collections/cases/items" }),
  page("ogc-item", "/ogc/collections/{id}/items/{item}", "main tbody td", { path: (s) => `/ogc/collections/cases/items/${s.closed.number}` }),
  page("privacy", "/privacy", "main h2"),
  page("accessibility", "/accessibility", "main h2"),
  page("about", "/about", "main h2"),
  page("sign-in", "/sign-in", form("/sign-in")),
  page("sign-in-second-factor", "/sign-in/second-factor", form("/sign-in/second-factor")),
  page("styleguide", "/styleguide", "main .btn-primary"),
  page("not-found", null, "main a.btn", { path: "/no-such-page", status: 404 }),

  // ── one's own ──
  office("inbox", "/inbox", row("/inbox/")),
  office("inbox-notice", "/inbox/{id}", "main h1", { path: (s) => `/inbox/${s.notice}` }),
  leader("inbox-none", "/inbox", "main .empty", { as: SYSTEM_ADMIN }),
  office("tasks", "/tasks", row("/tasks/")),
  clerk("tasks-none", "/tasks", "main .empty"),
  office("task", "/tasks/{id}", 'main a[href$="/refusals"]', { path: (s) => `/tasks/${s.task}` }),
  office("search", "/search", row("/"), { path: (s) => `/search?q=${encodeURIComponent(s.street)}` }),
  office("search-none", "/search", "main h1", { path: "/search?q=独角兽" }),
  office("me", "/me", row("/me/")),
  office("me-push", "/me/push", 'main form[action="/me/push"] .form-check'),
  office("me-profile", "/me/profile", form("/me/profile")),
  office("me-password", "/me/password", form("/me/password")),
  office("me-second-factor", "/me/second-factor", form("/me/second-factor/beginning")),
  page("me-second-factor-code", "/me/second-factor", form("/me/second-factor"), { as: HALF_WAY }),
  page("me-second-factor-removal", "/me/second-factor/removal", form("/me/second-factor/removal"), { as: HALF_WAY }),
  office("me-identity-new", "/me/identities/new", form("/me/identities")),
  office("me-key-new", "/me/keys/new", form("/me/keys")),
  office("me-lending-new", "/me/lending/new", form("/me/lending")),

  // ── cases ──
  office("today", "/today", row("/cases")),
  office("cases", "/cases", row("/cases/CASE-")),
  office("cases-narrowed", "/cases", row("/cases/CASE-"), { path: "/cases?state=closed&sort=newest&columns=kind,unit,source,reported,due" }),
  office("cases-none", "/cases", "main .empty a", { path: "/cases?q=独角兽" }),
  office("cases-count", "/cases/count", row("/cases"), { path: "/cases/count?state=open" }),
  office("case", "/cases/{number}", "main .moves, main .history", { path: (s) => `/cases/${s.closed.number}` }),
  office("case-reported", "/cases/{number}", 'main a[href$="/acceptance"]', { path: (s) => `/cases/${s.reported.number}` }),
  office("case-asked", "/cases/{number}", 'main a[href$="/time-decision"]', { path: (s) => `/cases/${s.asked.number}` }),
  clerk("case-unit", "/cases/{number}", 'main a[href$="/answer"]', { path: (s) => `/cases/${s.supervised.number}` }),
  office("case-new", "/cases/new", form("/cases")),
  page("case-new-inspector", "/cases/new", form("/cases"), { as: INSPECTOR }),
  office("cases-import", "/cases/import", form("/cases/import")),
  office("cases-import-report", "/cases/imports/{task}", "main table", { path: (s) => `/cases/imports/${s.task}` }),
  office("statistics", "/statistics", row("/cases?")),
  office("catalogue", "/admin/catalogue", row("/admin/catalogue/items/")),
  office("catalogue-item", "/admin/catalogue/items/{code}", 'main form[action$="/limits"] button', { path: (s) => `/admin/catalogue/items/${s.item}` }),
  clerk("todo", "/todo", 'main a[href$="/answer"]'),
  verb("acceptance", "reported"),
  verb("confirmation", "reported"),
  verb("refusal", "reported"),
  verb("correction", "reported"),
  verb("merge", "reported"),
  verb("voiding", "reported"),
  verb("registration", "confirmed"),
  verb("split", "confirmed"),
  verb("dispatch", "registered"),
  verb("answer", "dispatched", CLERK),
  verb("receipt", "dispatched", CLERK),
  verb("return", "dispatched", CLERK),
  verb("dispute", "dispatched", CLERK),
  verb("extension-request", "dispatched", CLERK),
  verb("parking-request", "dispatched", CLERK),
  verb("supervision", "dispatched"),
  verb("parking", "dispatched"),
  { ...verb("dispatch", "dispatched"), name: "case-redispatch" },
  verb("request-withdrawal", "asked", CLERK),
  verb("time-decision", "asked"),
  verb("verification", "answered", INSPECTOR),
  verb("rework", "answered", INSPECTOR),
  verb("closure", "verified"),
  verb("contest-decision", "contested"),
  verb("resumption", "parked"),
  verb("ruling", "disputed"),
  verb("unmerge", "merged"),
  verb("question-wish", "dispatched", CLERK),
  verb("question", "dispatched"),
  { ...verb("question", "wished"), name: "case-question-wished" },
  verb("question-refusal", "wished"),
  verb("reply", "inquired"),
  verb("question-withdrawal", "inquired"),
  verb("recurrence", "reported"),
  office("case-recurrence-end", "/cases/{number}/recurrence-end", 'main form[method=post][action$="/recurrence-end"] .btn-primary', { path: (s) => `/cases/${s.recurrence}/recurrence-end` }),
  page("case-second-look", "/cases/{number}/second-look", 'main form[method=post][action$="/second-look"] .btn-primary', { as: INSPECTOR, path: (s) => `/cases/${s.look}/second-look` }),
  office("case-inquired", "/cases/{number}", 'main a[href$="/reply"]', { path: (s) => `/cases/${s.inquired.number}` }),
  office("case-recurred", "/cases/{number}", "main .moves, main .history", { path: (s) => `/cases/${s.recurrence}` }),
  office("clusters", "/cases/clusters", form("/cases/bulk-previews")),
  office("case-rules", "/cases/rules", form("/cases/rules")),
  office("recurrences", "/recurrences", row("/cases/CASE-")),
  office("recurrences-none", "/recurrences", "main .empty", { path: "/recurrences?until=2020-01-01" }),
  page("second-looks", "/second-looks", row("/cases/CASE-"), { as: INSPECTOR }),
  office("statistics-section", "/statistics", row("/cases?"), { path: "/statistics?by=section" }),

  // ── reminders, supervision letters, summonses ──
  office("photo-checks", "/photo-checks", row("/photo-checks/PC-")),
  office("photo-check", "/photo-checks/{number}", 'main form[action$="/decision"] button', { path: (s) => `/photo-checks/${s.photoCheck}` }),
  office("photo-checks-units", "/photo-checks/units", "main table, main .empty"),
  office("photo-checks-settings", "/photo-checks/settings", form("/photo-checks/settings")),
  office("dispatch-advice", "/admin/dispatch-advice", form("/admin/dispatch-advice")),
  office("ladder", "/ladder", "main .tile"),
  office("ladder-due", "/ladder/due", "main table, main .empty"),
  office("ladder-settings", "/ladder/settings", form("/ladder/settings")),
  office("letters", "/letters", row("/letters/LD-")),
  office("letters-none", "/letters", "main .empty", { path: "/letters?q=独角兽" }),
  office("letter", "/letters/{code}", 'main a[href$="/pdf"]', { path: (s) => `/letters/${s.issued}` }),
  clerk("letter-unit", "/letters/{code}", 'main a[href$="/answer"]', { path: (s) => `/letters/${s.issued}` }),
  letter("submission", "summons"),
  letter("signature", "submitted", LEADER),
  letter("return", "submitted"),
  letter("refusal", "submitted"),
  letter("acknowledgement", "issued", CLERK),
  letter("answer", "issued", CLERK),
  letter("closure", "issued"),
  letter("next-rung", "issued"),
  letter("withdrawal", "issued", LEADER),
  letter("talk", "summoned"),

  // ── streets ──
  office("streets", "/streets", row("/streets/BJ-")),
  office("streets-yesterday", "/streets", row("/streets/BJ-"), { path: "/streets?date=2026-01-15" }),
  office("street", "/streets/{number}", row("/streets/BJ-"), { path: (s) => `/streets/${s.stretch}` }),
  office("street-new", "/streets/new", "main form select", {}),
  office("street-new-section", "/streets/new", form("/streets"), { path: (s) => `/streets/new?section=${s.ownSection}` }),
  office("streets-coverage", "/streets/coverage", "main table, main .tile", {}),
  office("streets-outcomes", "/streets/outcomes", "main table"),
  office("streets-import", "/streets/import", form("/streets/import")),
  office("streets-signs", "/streets/signs", ".sign svg", { path: (s) => `/streets/signs?street=${encodeURIComponent(s.street)}` }),
  office("streets-settings", "/streets/settings", form("/streets/settings/standards")),
  stretch("contact", HEAD),
  stretch("replacement", OFFICE),
  stretch("end", OFFICE),
  stretch("cut", OFFICE),
  stretch("joint", OFFICE, "main .panel"),
  stretch("handover", OFFICE, form, "handedStretch"),
  stretch("patrols", CLERK),
  office("unit-streets", "/units/{code}/streets", row("/streets/"), { path: (s) => `/units/${s.unit}/streets` }),

  // ── places ──
  office("sections", "/sections", row("/sections/")),
  office("section", "/sections/{number}", 'main a[href$="/edit"]', { path: (s) => `/sections/${s.section}` }),
  office("section-new", "/sections/new", form("/sections")),
  office("section-edit", "/sections/{number}/edit", "main form[method=post] button.btn-primary", { path: (s) => `/sections/${s.section}/edit` }),
  office("sites", "/sites", row("/sites/")),
  office("site", "/sites/{number}", 'main a[href$="/edit"]', { path: (s) => `/sites/${s.site}` }),
  office("site-new", "/sites/new", form("/sites")),
  office("site-edit", "/sites/{number}/edit", "main form[method=post] button.btn-primary", { path: (s) => `/sites/${s.site}/edit` }),
  office("divisions", "/divisions", row("/divisions/")),
  office("division", "/divisions/{code}", "main form[method=post] button", { path: (s) => `/divisions/${s.division}` }),
  office("map", "/map", "main h1", { script: true }),
  office("places-import", "/places/import", form("/places/import")),
  office("calendar", "/admin/calendar", "main form[method=post] button"),

  // ── people ──
  office("units", "/units", row("/units/U-")),
  office("unit", "/units/{code}", row("/units"), { path: (s) => `/units/${s.unit}` }),
  admin("unit-admin", "/units/{code}", 'main a[href$="/edit"]', { path: (s) => `/units/${s.unit}` }),
  admin("unit-new", "/units/new", form("/units")),
  admin("units-import", "/units/import", form("/units/import")),
  unitForm("edit"),
  unitForm("contact", head),
  unitForm("parent"),
  unitForm("closure"),
  unitForm("merger"),
  admin("accounts", "/admin/accounts", row("/admin/accounts/")),
  admin("account-new", "/admin/accounts/new", form("/admin/accounts")),
  admin("account", "/admin/accounts/{login}", 'main a[href$="/edit"]', { path: (s) => `/admin/accounts/${s.account}` }),
  admin("account-edit", "/admin/accounts/{login}/edit", "main form[method=post] button.btn-primary", { path: (s) => `/admin/accounts/${s.account}/edit` }),
  admin("account-state", "/admin/accounts/{login}/state", "main form[method=post] button", { path: (s) => `/admin/accounts/${s.account}/state?move=lock` }),
  admin("sign-in-ways", "/admin/sign-in", form("/admin/sign-in")),
  security("sign-in-ways-seen", "/admin/sign-in", "main .facts"),
  security("identities", "/admin/sign-in/identities", row("/admin/accounts/")),
  security("identities-none", "/admin/sign-in/identities", "main .empty", { path: "/admin/sign-in/identities?q=独角兽" }),
  security("identities-import", "/admin/sign-in/identities/import", form("/admin/sign-in/identities/import")),
  security("account-security", "/admin/accounts/{login}", "main #sessions-title", { path: (s) => `/admin/accounts/${s.account}` }),
  security("account-identity-new", "/admin/accounts/{login}/identities/new", 'main form[action$="/identities"] button', { path: (s) => `/admin/accounts/${s.account}/identities/new` }),
  security("roles", "/admin/roles", row("/admin/roles/")),
  security("role-new", "/admin/roles/new", form("/admin/roles")),
  security("role-end", "/admin/roles/{id}/end", "main form[method=post] button", { path: (s) => `/admin/roles/${s.grant}/end` }),
  security("role-revocation", "/admin/roles/{id}/revocation", "main form[method=post] button", { path: (s) => `/admin/roles/${s.grant}/revocation` }),
  page("audit", "/admin/audit", form("/admin/audit/verification"), { as: AUDITOR }),

  // ── the office's letters, and the program about itself ──
  office("webhooks", "/admin/webhooks", row("/admin/webhooks/WH-")),
  office("webhook-new", "/admin/webhooks/new", form("/admin/webhooks")),
  office("webhook", "/admin/webhooks/{number}", 'main form[action$="/ping"] button', { path: (s) => `/admin/webhooks/${s.webhook}` }),
  webhook("edit", "main form[method=post] button.btn-primary"),
  webhook("secret"),
  webhook("replays"),
  webhook("removal"),
  webhook("resumption", undefined, "webhookPaused"),
  office("webhook-delivery", "/admin/webhooks/{number}/deliveries/{message}", "main pre", { path: (s) => `/admin/webhooks/${s.webhook}/deliveries/${s.delivery}` }),
  leader("admin-suggestions", "/admin/suggestions", row("/admin/suggestions/")),
  leader("admin-suggestions-answered", "/admin/suggestions", row("/admin/suggestions/"), { path: "/admin/suggestions?state=answered" }),
  leader("admin-suggestion", "/admin/suggestions/{id}", 'main form[action$="/answer"] button', { path: (s) => `/admin/suggestions/${s.suggestionId}` }),
  leader("self-check", "/admin/self-check", "main table"),
  page("storage", "/admin/storage", "main dl.facts", { as: AUDITOR }),
];

/** Where the page is. */
export const address = (entry, scene) => (typeof entry.path === "function" ? entry.path(scene) : entry.path);

/** Opens it. */
export const visit = (window, entry, scene) => window.goto(address(entry, scene));
