/** No page may be forgotten: every address that answers GET with a page for people stands in pages.mjs, or here with a reason. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PAGES } from "./pages.mjs";

/** Reviewed: what these answer is no page. */
const NO_PAGE = {
  "/assets/{*path}": "a file",
  "/icon.svg": "a file",
  "/sw.js": "the service worker; offline.test.mjs lives by it",
  "/offline/state": "for the page's script; offline.test.mjs lives by it",
  "/robots.txt": "for programs",
  "/sitemap.xml": "for programs",
  "/healthz": "for programs",
  "/metrics": "for programs",
  "/language/{code}": "leads back with a cookie; noscript.test.mjs uses it",
  "/me/authenticators/{id}/removal": "the form of /me/second-factor/removal, for a passkey that only a browser can make; signin.test.mjs sends it",
  "/sign-in/provider": "leads to the identity provider; signin.test.mjs goes there",
  "/sign-in/provider/return": "the way back; signin.test.mjs comes by it, refused ones show the page /sign-in",
  "/cases/{number}/recordings/{id}": "a sound; audio.test.mjs hears it",
  "/photos/{id}/{size}": "a picture; story.test.mjs fetches them",
  "/tasks/{id}/refusals": "a table as XLSX",
  "/streets/signs.css": "a style sheet",
  "/report/kinds": "a part of the report form, for htmx",
  "/report/nearby": "a part of the report form, for htmx",
  "/cases/conditions": "a part of two forms, for htmx",
  "/cases/alike": "a part of the form for a new case, for htmx",
  "/search/suggestions": "a part of the search box, for htmx; search.test.mjs uses it",
  "/search/streets": "a part of the report forms, for htmx; search.test.mjs uses it",
  "/letters/{code}/pdf": "a file",
  "/letters/{code}/docx": "a file",
  "/letters/{code}/files/{id}/{size}": "a picture",
  "/admin/self-check/records/{number}/pdf": "a file; routing.test.mjs fetches it",
  "/admin/self-check/records/{number}/docx": "a file; routing.test.mjs fetches it",
  "/assessment/rounds/{number}/report": "a file; assessment.test.mjs fetches it",
  "/connect/keys": "for programs; signon.test.mjs lives by it",
  "/connect/userinfo": "for programs; signon.test.mjs lives by it",
  "/screen/panels": "a part of the wall, for its script; screen.test.mjs lives by it",
  "/screen/map.json": "dots of the wall's map, for its script",
  "/screen/d/{word}/panels": "a part of a display, for its script; screen.test.mjs lives by it",
  "/screen/d/{word}/map.json": "dots of a display's map, for its script",
  "/brief/pdf": "a file; screen.test.mjs fetches it",
  "/brief/docx": "a file",
  "/evidence/items/{number}/files/{id}/{size}": "a picture, on the page of an item",
  "/paper/scans/{number}/picture": "a picture, on the page of a scan",
  "/paper/scans/{number}/parts/{part}": "a picture cut out of a form, on the desk",
  "/inspections/mine.json": "points of a map, for its script",
  "/inspections/{number}/routes.json": "points of a map, for its script",
  "/inspections/{number}/points.json": "points of a map, for its script",
  "/inspections/{number}/certificate.pdf": "a file; inspections.test.mjs fetches it",
  "/inspections/{number}/draw.json": "a file; inspections.test.mjs fetches it",
  "/fieldwork/photos/{id}/{size}": "a picture, on the page of a record",
  "/fieldwork/checklists/{code}/{label}/workbook.xlsx": "a file; fieldwork.test.mjs fetches it",
  "/fieldwork/checklists/{code}/{label}/form.xml": "a file; fieldwork.test.mjs fetches it",
  "/public/draws/{number}/draw.json": "a file; inspections.test.mjs fetches it",
  "/fieldwork/app.webmanifest": "a file, for who puts the page on a home screen; fieldapp.test.mjs fetches it",
  "/surveys/app.webmanifest": "a file, for who puts the page on a home screen; surveyapp.test.mjs fetches it",
  "/ogc": "the same as /ogc/",
  "/ogc/api": "for programs; people are led to /developers",
  "/ogc/download/{file}": "a file",
};
const forPrograms = (path) => ["/api/", "/.well-known/", "/geo/", "/open311/", "/openrosa/", "/feeds/"].some((start) => path.startsWith(start));

const list = readFileSync(new URL("../docs/generated/routes.md", import.meta.url), "utf8");
const routes = [...list.matchAll(/^\| GET \| `([^`]+)` \|/gm)].map((m) => m[1]);

test("the list of routes is read", () => {
  assert.ok(routes.length > 150, `only ${routes.length} GET routes found in docs/generated/routes.md`);
});

test("every page is in the list of pages", () => {
  const covered = new Set(PAGES.map((entry) => entry.route));
  const forgotten = routes.filter((path) => !covered.has(path) && !(path in NO_PAGE) && !forPrograms(path));
  assert.deepEqual(forgotten, [], "add these to PAGES in e2e/pages.mjs, or with a reason to NO_PAGE here");
});

test("the list of pages names no address that is gone", () => {
  const known = new Set(routes);
  const gone = PAGES.filter((entry) => entry.route !== null && !known.has(entry.route)).map((entry) => entry.name);
  assert.deepEqual(gone, []);
  assert.deepEqual(Object.keys(NO_PAGE).filter((path) => !known.has(path)), [], "exceptions that are not needed any more");
  const both = Object.keys(NO_PAGE).filter((path) => PAGES.some((entry) => entry.route === path));
  assert.deepEqual(both, [], "a page and an exception at once");
});

test("every page has a name of its own", () => {
  const names = PAGES.map((entry) => entry.name);
  assert.deepEqual(names.filter((name, n) => names.indexOf(name) !== n), []);
});
