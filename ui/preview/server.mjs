// Shows the built style sheet and scripts with made-up pages, under the same content security policy as the program.
// For looking only; nothing here is part of the product. Run `npm run build` first, then `npm run preview`.
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const read = (path) => readFileSync(here(path), "utf8");
const port = Number(process.argv[2] ?? 4173);

export const CSP = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'",
  "connect-src 'self'", "worker-src 'self'", "media-src 'self' blob:", "manifest-src 'self'",
  "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
].join("; ");

const TYPES = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".geojson": "application/geo+json", ".json": "application/json" };

function assets() {
  const manifest = JSON.parse(read("../dist/.vite/manifest.json"));
  const file = (key) => `/${manifest[key].file}`;
  return { style: file("src/styles/app.scss"), script: file("src/app.ts"), icons: file("icons.svg"), favicon: file("favicon.svg") };
}

/** `{{> name}}` includes a page part, `{i:name}` is an icon, `ICONS` the sprite. */
function fill(html, { icons }) {
  return html
    .replace(/\{\{> ([\w-]+)\}\}/g, (_, name) => read(`parts/${name}.html`))
    .replace(/\{i:([\w-]+)\}/g, '<svg class="icon" aria-hidden="true"><use href="ICONS#$1"/></svg>')
    .replaceAll("ICONS", icons);
}

function page(body, { kind = "public", query, title }) {
  const found = assets();
  const theme = query.get("theme");
  const html = `<!doctype html><html lang="zh-CN" data-icons="${found.icons}"${theme ? ` data-bs-theme="${theme}"` : ""}${query.has("elder") ? " data-elder" : ""}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><meta name="csrf-token" content="preview"><title>${title}</title>
<link rel="icon" href="${found.favicon}"><link rel="stylesheet" href="${found.style}">${query.has("nojs") ? "" : `<script type="module" src="${found.script}"></script>`}</head>
<body class="${kind}" data-text-fault="系统出了故障，请稍后再试。" data-text-offline="网络不通，请联网后再试。"><a class="skip" href="#main">跳到主要内容</a>
${body}<div class="toasts no-print" id="toasts" role="status"></div></body></html>`;
  return fill(html, found);
}

function components() {
  let out = "";
  const text = read("../COMPONENTS.md");
  for (const match of text.matchAll(/^## (.+)$|```html( \w+)?\n([\s\S]*?)```/gm)) {
    if (match[1]) out += `<h2 class="section-title mt-4">${match[1]}</h2>`;
    else if (!match[2]) out += `<div>${match[3]}</div>`;
  }
  return `<main class="page stack" id="main"><h1>Components</h1>${out}</main>`;
}

createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://preview");
  const send = (type, body, status = 200) => {
    response.writeHead(status, { "content-type": `${type}; charset=utf-8`, "content-security-policy": CSP, "x-content-type-options": "nosniff" });
    response.end(body);
  };
  try {
    const path = url.pathname;
    const html = (body, more) => send("text/html", page(body, { query: url.searchParams, title: path.slice(1), ...more }));
    if (path === "/") {
      const names = readdirSync(here("pages")).map((name) => name.replace(".html", ""));
      return html(`<main class="wrap"><ul>${[...names, "components"].map((name) => `<li><a href="/${name}">${name}</a> <a href="/${name}?theme=dark">dark</a> <a href="/${name}?elder">elder</a></li>`).join("")}</ul></main>`);
    }
    if (path === "/demo/job") {
      const at = Number(url.searchParams.get("at")) + 100;
      const more = at < 400 ? ` hx-get="/demo/job?at=${at}" hx-trigger="every 1s" hx-swap="outerHTML"` : "";
      return send("text/html", `<div class="progress-row" id="job-7"${more} aria-live="polite"><div class="progress-text"><span>导入 点位名录.xlsx</span><span class="num">${at} / 400 行</span></div><progress class="bar${at < 400 ? "" : " bar-ok"}" max="400" value="${at}"></progress></div>`);
    }
    if (path === "/demo/echo") {
      let body = "";
      request.on("data", (part) => (body += part));
      request.on("end", () => send("text/html", `<p id="echo" tabindex="-1" data-focus>${request.headers["x-csrf-token"] ?? "no token"} ${body.length}</p>`, url.searchParams.has("bad") ? 422 : 200));
      return;
    }
    if (path === "/components") return html(components(), { kind: "shell" });
    const type = TYPES[extname(path)];
    if (path.includes("..")) return send("text/plain", "no", 404);
    if (type) return send(type, read(path.startsWith("/assets/") ? `../dist${path}` : `.${path}`));
    return html(read(`pages${path}.html`), { kind: /data-kind="(\w+)"/.exec(read(`pages${path}.html`))?.[1] ?? "public" });
  } catch (error) {
    send("text/plain", String(error), 404);
  }
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/`));
