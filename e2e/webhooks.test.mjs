// What a receiver written in JavaScript makes of webhooks: the library of the specification checks them.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, mock, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { PASSWORD, serve } from "./city.mjs";

// this machine is an inside network: its operator opens it
process.env.CHUANGCHENG_WEBHOOK_ALLOW = "127.0.0.1/32";

let city;
let receiver;
const got = [];

before(async () => {
  receiver = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      got.push({ headers: request.headers, body: Buffer.concat(parts).toString("utf8") });
      response.writeHead(200).end();
    });
  });
  await new Promise((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  city = await serve();
});

after(async () => {
  await city?.stop();
  receiver?.close();
});

/** Pages and forms, without a browser. */
class Person {
  cookies = new Map();

  async ask(path, fields) {
    const headers = { cookie: [...this.cookies].map(([n, v]) => `${n}=${v}`).join("; "), origin: city.address };
    const body = fields && new URLSearchParams(fields);
    const answer = await fetch(city.address + path, { method: body ? "POST" : "GET", headers, body, redirect: "manual" });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, value] = cookie.split(";")[0].split(/=(.*)/s);
      this.cookies.set(name, value);
    }
    return { status: answer.status, text: await answer.text() };
  }

  /** Sends a form of a page with the token that stands in it. */
  async submit(page, action, fields) {
    const { text } = await this.ask(page);
    return this.ask(action, { csrf: text.match(/name="csrf" value="([^"]+)"/)[1], ...fields });
  }
}

async function until(what) {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = what();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("it did not come");
}

test("the library accepts what is sent, and nothing that was changed on the way", async () => {
  const office = new Person();
  assert.equal((await office.submit("/sign-in", "/sign-in", { login: "office-1", password: PASSWORD })).status, 303);
  const { port } = receiver.address();
  const shown = await office.submit("/admin/webhooks/new", "/admin/webhooks", {
    hook_name: "对方系统",
    hook_url: `http://127.0.0.1:${port}/in`,
    hook_kinds: "case.reported",
  });
  assert.equal(shown.status, 200);
  const hook = new Webhook(shown.text.match(/whsec_[A-Za-z0-9+/=]+/)[0]);

  const answer = await fetch(`${city.address}/api/v1/reports`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ description: "门前有垃圾", address: "新华北路12号", reporter: "欧阳明月", phone: "13893712345" }),
  });
  assert.equal(answer.status, 201);
  const { number } = await answer.json();

  const { headers, body } = await until(() => got[0]);
  const message = hook.verify(body, headers);
  assert.equal(message.type, "case.reported");
  assert.equal(message.data.number, number);
  assert.ok(!body.includes("欧阳明月") && !body.includes("13893712345"));
  assert.throws(() => hook.verify(body.replace("reported", "retorted"), headers));
  assert.throws(() => hook.verify(body, { ...headers, "webhook-id": "msg_0" }));
});

for (const engine of ["embedded", "server"]) {
  // the receiver of crates/hooks' story was down for an hour of the test clock, and wrote down every byte it got
  const file = new URL(`../target/received/down-for-an-hour-${engine}.json`, import.meta.url);
  const skip = existsSync(file) ? false : "the story has not been told: cargo test --package hooks";
  test(`what came after an hour of silence is sound (${engine})`, { skip }, () => {
    const told = JSON.parse(readFileSync(file, "utf8"));
    const hook = new Webhook(told.secret);
    const steps = new Map();
    const ids = new Set();
    for (const { status, headers, body } of told.messages) {
      const at = Number(headers["webhook-timestamp"]) * 1000;
      mock.timers.enable({ apis: ["Date"], now: at });
      try {
        const { data } = hook.verify(body, headers);
        assert.throws(() => hook.verify(body.replace("thing", "thong"), headers));
        mock.timers.setTime(at + 600_000);
        assert.throws(() => hook.verify(body, headers), "an old message played again");
        if (status !== 204) continue;
        ids.add(headers["webhook-id"]);
        steps.set(data.thing, [...(steps.get(data.thing) ?? []), data.step]);
      } finally {
        mock.timers.reset();
      }
    }
    assert.equal(ids.size, 240, "each event once");
    assert.equal(steps.size, 4);
    for (const taken of steps.values()) assert.deepEqual(taken, [...Array(60).keys()]);
  });
}
