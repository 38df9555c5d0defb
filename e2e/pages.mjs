/** Every page that axe looks at and that is looked at by eye. `as`: who opens it. `find`: a link on an earlier page to follow. */
export const PAGES = [
  { name: "home", path: "/" },
  { name: "report", path: "/report" },
  { name: "track", path: "/track" },
  { name: "public-cases", path: "/public/cases" },
  { name: "public-case", from: "/public/cases", find: "a[href^='/public/cases/CASE']" },
  { name: "public-map", path: "/public/map" },
  { name: "public-streets", path: "/public/streets" },
  { name: "public-stretch", path: "/public/streets/BJ-0001" },
  { name: "suggestions", path: "/suggestions" },
  { name: "privacy", path: "/privacy" },
  { name: "accessibility", path: "/accessibility" },
  { name: "sign-in", path: "/sign-in" },
  { name: "not-found", path: "/no-such-page", status: 404 },
  { name: "styleguide", path: "/styleguide" },
  { name: "today", path: "/today", as: "office-1" },
  { name: "cases", path: "/cases", as: "office-1" },
  { name: "case", from: "/cases", find: "a[href^='/cases/CASE']", as: "office-1" },
  { name: "case-new", path: "/cases/new", as: "office-1" },
  { name: "statistics", path: "/statistics", as: "office-1" },
  { name: "catalogue", path: "/admin/catalogue", as: "office-1" },
  { name: "cases-import", path: "/cases/import", as: "office-1" },
  { name: "todo", path: "/todo", as: "unit" },
  { name: "sections", path: "/sections", as: "office-1" },
  { name: "section", from: "/sections", find: "a[href^='/sections/S-']", as: "office-1" },
  { name: "section-new", path: "/sections/new", as: "office-1" },
  { name: "sites", path: "/sites", as: "office-1" },
  { name: "site", from: "/sites", find: "main a[href^='/sites/']:not([href='/sites/new'])", as: "office-1" },
  { name: "divisions", path: "/divisions", as: "office-1" },
  { name: "map", path: "/map", as: "office-1" },
  { name: "streets", path: "/streets", as: "office-1" },
  { name: "street", from: "/streets", find: "a[href^='/streets/BJ']", as: "office-1" },
  { name: "coverage", path: "/streets/coverage", as: "office-1" },
  { name: "outcomes", path: "/streets/outcomes", as: "office-1" },
  { name: "units", path: "/units", as: "office-1" },
  { name: "unit", from: "/units", find: "main a[href^='/units/U-']", as: "office-1" },
  { name: "calendar", path: "/admin/calendar", as: "office-1" },
  { name: "inbox", path: "/inbox", as: "office-1" },
  { name: "tasks", path: "/tasks", as: "office-1" },
  { name: "me", path: "/me", as: "office-1" },
  { name: "accounts", path: "/admin/accounts", as: "system-admin" },
  { name: "units-import", path: "/units/import", as: "system-admin" },
  { name: "roles", path: "/admin/roles", as: "security-admin" },
  { name: "audit", path: "/admin/audit", as: "auditor" },
];

/** Opens one of the above. */
export async function visit(page, entry) {
  if (entry.path) return page.goto(entry.path);
  await page.goto(entry.from);
  const href = await page.locator(entry.find).first().getAttribute("href");
  return page.goto(href);
}
