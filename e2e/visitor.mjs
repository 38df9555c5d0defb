/**
 * A browser without a screen: cookies, redirects and plain forms, nothing else. Sets scenes up quickly, and knocks on doors
 * that no page offers.
 */
import assert from "node:assert/strict";
import { PASSWORD } from "./city.mjs";

export class Visitor {
  #cookies = new Map();
  #csrf = "";

  constructor(city, lang = "zh-CN") {
    this.address = city.address;
    this.lang = lang;
  }

  static async signedIn(city, login, lang) {
    const visitor = new Visitor(city, lang);
    await visitor.get("/sign-in");
    const answer = await visitor.post("/sign-in", { login, password: PASSWORD, back: "/me" });
    assert.equal(answer.path, "/me", `${login} cannot sign in: ${answer.status}`);
    return visitor;
  }

  get(path, headers) {
    return this.#ask(path, { method: "GET", headers });
  }

  async json(path) {
    const answer = await this.get(path, { Accept: "application/json" });
    assert.equal(answer.status, 200, `${path}: ${answer.text.slice(0, 300)}`);
    return JSON.parse(answer.text);
  }

  /** Sends a form, with files where there are any: [{ field, name, type, bytes }]. */
  async post(path, fields = {}, files = []) {
    if (!this.#csrf) await this.get("/track");
    const pairs = Object.entries({ csrf: this.#csrf, ...fields }).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));
    let body = new URLSearchParams(pairs);
    if (files.length > 0) {
      body = new FormData();
      for (const [name, value] of pairs) body.append(name, value);
      for (const file of files) body.append(file.field, new Blob([file.bytes], { type: file.type }), file.name);
    }
    return this.#ask(path, { method: "POST", body });
  }

  /** As a page's script sends data: parts of a form, with the token in the header. */
  async api(path, fields, files = []) {
    if (!this.#csrf) await this.get("/track");
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    for (const file of files) body.append(file.field, new Blob([file.bytes], { type: file.type }), file.name);
    return this.#ask(path, { method: "POST", body, headers: { Accept: "application/json", "X-CSRF-Token": this.#csrf } });
  }

  /** What a program sends: a file's bytes, or anything else as JSON. It must succeed. */
  async data(method, path, what) {
    const file = Buffer.isBuffer(what);
    const answer = await this.#ask(path, { method, body: file ? what : JSON.stringify(what), headers: { Accept: "application/json", "Content-Type": file ? "application/octet-stream" : "application/json" } });
    assert.ok(answer.status < 300, `${method} ${path} answers ${answer.status}: ${answer.text.slice(0, 600)}`);
    return answer.text === "" ? undefined : JSON.parse(answer.text);
  }

  /** A form that must succeed. */
  async send(path, fields, files) {
    const answer = await this.post(path, fields, files);
    if (answer.status !== 200) {
      const main = answer.text.replace(/[\s\S]*<main/, "<main").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
      assert.fail(`POST ${path} answers ${answer.status}: ${main.slice(0, 400)}`);
    }
    return answer;
  }

  /** The first address on a page that fits. */
  async link(path, pattern) {
    const answer = await this.get(path);
    assert.equal(answer.status, 200, `${path} answers ${answer.status}`);
    const found = [...answer.text.matchAll(/href="([^"]+)"/g)].map((m) => m[1].replaceAll("&amp;", "&")).find((href) => pattern.test(href));
    assert.ok(found, `${path} has no link like ${pattern}`);
    return found;
  }

  async #ask(path, { method, body, headers }) {
    for (let hops = 0; hops < 6; hops += 1) {
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const answer = await fetch(this.address + path, {
        method,
        body,
        redirect: "manual",
        headers: { Cookie: cookie, "Accept-Language": this.lang, Accept: "text/html", ...headers },
      });
      for (const line of answer.headers.getSetCookie()) {
        const [pair] = line.split(";");
        const at = pair.indexOf("=");
        if (/Max-Age=0/i.test(line)) this.#cookies.delete(pair.slice(0, at));
        else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
      }
      const to = answer.headers.get("location");
      if (to && answer.status >= 300 && answer.status < 400) {
        [path, method, body] = [to.replace(this.address, ""), "GET", undefined];
        continue;
      }
      const bytes = Buffer.from(await answer.arrayBuffer());
      const text = bytes.toString("utf8");
      const csrf = text.match(/name="csrf-token" content="([^"]*)"/)?.[1];
      if (csrf) this.#csrf = csrf;
      return { status: answer.status, path, text, bytes, headers: answer.headers };
    }
    throw new Error(`${path} leads in circles`);
  }
}
