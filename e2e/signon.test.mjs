/**
 * Another program signs people in with their account here: `openid-client`, certified by the OpenID Foundation, and a browser.
 */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import * as oidc from "openid-client";
import { launch, open } from "./browser.mjs";
import { PASSWORD, serve } from "./city.mjs";
import { CLERK, SECURITY_ADMIN, UNIT_NAME } from "./people.mjs";

let city, chromium, brain;

before(async () => {
  city = await serve();
  chromium = await launch();
  brain = await program();
});
after(async () => {
  await chromium?.close();
  await brain?.stop();
  await city?.stop();
});

const close = (page) => page.context().close();
const text = (page) => page.locator("main").innerText();

/** Somebody else's program: it remembers where browsers came back. */
async function program() {
  const came = [];
  const server = createServer((request, response) => {
    came.push(request.url);
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end("<!doctype html><html lang=zh-CN><title>城市大脑</title><h1>城市大脑</h1>");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}`;
  return { back: `${address}/back`, came, stop: () => new Promise((resolve) => server.close(resolve)) };
}

/** Enters it; what the page shows once. */
async function enter() {
  const page = await open(chromium.browser, city, { as: SECURITY_ADMIN });
  await page.goto("/admin/programs/new");
  await page.fill("[name=signon_name]", "城市大脑");
  await page.fill("[name=signon_purpose]", "指挥中心看板");
  await page.fill("[name=signon_redirects]", brain.back);
  for (const scope of ["profile", "units"]) await page.check(`[name=signon_scopes][value=${scope}]`);
  await Promise.all([page.waitForNavigation(), page.locator("main form .btn-primary").click()]);
  const id = await page.locator(".facts dd").nth(1).innerText();
  const secret = await page.locator("#once").innerText();
  await close(page);
  return { id, secret };
}

/** As the program's people set it up. */
async function configured({ id, secret }) {
  const config = await oidc.discovery(new URL(city.address), id, secret, undefined, { execute: [oidc.allowInsecureRequests] });
  // signatures of ID tokens are checked with the published key too
  oidc.enableNonRepudiationChecks(config);
  return config;
}

/** Where the program sends a browser, and what it keeps to check the answer with. */
async function way(config, more = {}) {
  const checks = { pkceCodeVerifier: oidc.randomPKCECodeVerifier(), expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce() };
  const to = oidc.buildAuthorizationUrl(config, {
    redirect_uri: brain.back,
    scope: "openid profile units",
    code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: "S256",
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    ...more,
  });
  return { to: to.href, checks };
}

const cameBack = (page) => page.waitForURL((url) => url.href.startsWith(brain.back));

describe("another program", () => {
  let config, known;

  test("is entered, and found by its own means", async () => {
    config = await configured(await enter());
    assert.equal(config.serverMetadata().issuer, city.address);
  });

  test("signs somebody in who has to sign in and is asked first", async () => {
    const page = await open(chromium.browser, city);
    const { to, checks } = await way(config);
    await page.goto(to);
    await page.waitForURL(/\/sign-in\?back=/);
    await page.fill("[name=login]", CLERK);
    await page.fill("[name=password]", PASSWORD);
    await Promise.all([page.waitForURL(/\/connect\/authorize/), page.press("[name=password]", "Enter")]);
    assert.match(await text(page), /城市大脑想知道您是谁[\s\S]*指挥中心看板[\s\S]*您的姓名[\s\S]*您的单位和角色/);
    await Promise.all([cameBack(page), page.click("[name=agree][value='1']")]);
    const tokens = await oidc.authorizationCodeGrant(config, new URL(page.url()), { ...checks, idTokenExpected: true });
    const claims = tokens.claims();
    const who = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
    assert.ok(who.name.length > 1);
    assert.ok(who.units.some((unit) => unit.name === UNIT_NAME && unit.roles.length > 0), JSON.stringify(who.units));
    known = claims.sub;
    // the same answer brought a second time
    await assert.rejects(oidc.authorizationCodeGrant(config, new URL(page.url()), { ...checks, idTokenExpected: true }), /invalid_grant|server responded/i);
    await assert.rejects(oidc.fetchUserInfo(config, tokens.access_token, claims.sub));

    // from then on nobody is asked
    const next = await way(config);
    await page.goto(next.to);
    await cameBack(page);
    const second = await oidc.authorizationCodeGrant(config, new URL(page.url()), { ...next.checks, idTokenExpected: true });
    assert.equal(second.claims().sub, known);

    // until it is taken back
    await page.goto(`${city.address}/me/programs`);
    assert.match(await text(page), /城市大脑/);
    await Promise.all([page.waitForNavigation(), page.click("form[action$=withdrawal] button")]);
    const silent = await way(config, { prompt: "none" });
    await page.goto(silent.to);
    await cameBack(page);
    assert.equal(new URL(page.url()).searchParams.get("error"), "consent_required");
    await close(page);
  });

  test("may want it known again that it is they", async () => {
    const page = await open(chromium.browser, city, { as: CLERK });
    const { to, checks } = await way(config, { prompt: "login", max_age: "30" });
    await page.goto(to);
    await page.waitForURL(/\/sign-in\?again=1/);
    assert.match(await text(page), /再登录一次/);
    await page.fill("[name=login]", CLERK);
    await page.fill("[name=password]", PASSWORD);
    await Promise.all([page.waitForURL(/\/connect\/authorize/), page.press("[name=password]", "Enter")]);
    await Promise.all([cameBack(page), page.click("[name=agree][value='1']")]);
    // checks auth_time too
    const tokens = await oidc.authorizationCodeGrant(config, new URL(page.url()), { ...checks, maxAge: 30, idTokenExpected: true });
    assert.equal(tokens.claims().sub, known);
    await page.goto(`${city.address}/me/programs`);
    await Promise.all([page.waitForNavigation(), page.click("form[action$=withdrawal] button")]);
    await close(page);
  });

  test("asks in English, without a script, and takes no for an answer", async () => {
    const page = await open(chromium.browser, city, { as: CLERK, lang: "en", script: false });
    const { to } = await way(config);
    await page.goto(to);
    assert.match(await text(page), /wants to know who you are/);
    await Promise.all([cameBack(page), page.click("[name=agree][value='']")]);
    const answer = new URL(page.url()).searchParams;
    assert.deepEqual([answer.get("error"), answer.get("code")], ["access_denied", null]);
    await close(page);
  });

  test("whose address was changed on the way is not sent anybody", async () => {
    const page = await open(chromium.browser, city, { as: CLERK });
    const { to } = await way(config, { redirect_uri: "https://evil.example/back" });
    const answer = await page.goto(to);
    assert.equal(answer.status(), 400);
    assert.match(await text(page), /没有在本市登记/);
    await close(page);
  });
});
