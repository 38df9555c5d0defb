/**
 * Ways of signing in, as browsers do it: through a real identity provider, with a passkey of Chromium's virtual
 * authenticator, and what comes of copied and planted cookies.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, open, signIn } from "./browser.mjs";
import { PASSWORD, serve } from "./city.mjs";
import { CLERK, OFFICE, SECURITY_ADMIN, SYSTEM_ADMIN } from "./people.mjs";
import { CLIENT, provide, signInThere } from "./provider.mjs";

// this machine is an inside network: its operator opens it
process.env.CHUANGCHENG_WEBHOOK_ALLOW = "127.0.0.1/32";

const BACK = "/sign-in/provider/return";
let city, chromium, provider;

before(async () => {
  // authenticators are bound to names, not to numbers
  city = await serve({ host: "localhost" });
  chromium = await launch();
  provider = await provide(city.address + BACK);
});
after(async () => {
  await chromium?.close();
  await provider?.stop();
  await city?.stop();
});

const close = (page) => page.context().close();
const browse = (more) => open(chromium.browser, city, more);
const text = (page) => page.locator("main").innerText();

/** Sets the provider and tries it; answers with what trying told. */
async function configure({ issuer, secret = CLIENT.secret, lang }) {
  const page = await browse({ as: SYSTEM_ADMIN, lang });
  await page.goto("/admin/sign-in");
  await page.fill("[name=provider_issuer]", issuer);
  await page.fill("[name=provider_client]", CLIENT.id);
  await page.fill("[name=provider_secret]", secret);
  await page.fill("[name=provider_label_zh]", "用市统一身份认证登录");
  await page.fill("[name=provider_label_en]", "Sign in with the city");
  await page.fill("[name=provider_claim]", "employee_number");
  await page.check("[name=provider_on]");
  await Promise.all([page.waitForNavigation(), page.click('form[action="/admin/sign-in"] .btn-primary')]);
  await Promise.all([page.waitForURL(/trial$/), page.click('form[action="/admin/sign-in/trial"] button')]);
  const told = await page.locator("#trial").innerText();
  await close(page);
  return told;
}

/** Button, provider, back. Answers with the address that the provider sent the browser back to. */
async function through(page, name, wanted = "/units") {
  let back;
  page.on("request", (request) => {
    if (request.url().includes(BACK)) back = request.url();
  });
  await page.goto(`/sign-in?back=${encodeURIComponent(wanted)}`);
  await Promise.all([page.waitForURL(/interaction/), page.click("#provider")]);
  await signInThere(page, name);
  await page.waitForURL((url) => url.hostname === "localhost");
  return back;
}

describe("through an identity provider", { concurrency: false }, () => {
  test("the system administrator sets it, tries it, and is told in words what is wrong", async () => {
    assert.match(await configure({ issuer: provider.issuer, secret: "wrong" }), /不认得本系统的客户端标识或密钥/);
    assert.match(await configure({ issuer: `${provider.issuer}/nowhere`, lang: "en" }), /answered with an error/);
    assert.equal((await configure({ issuer: provider.issuer })).match(/通过/g).length, 3);
  });

  for (const [lang, refused] of [["zh-CN", "还没有关联到本系统的账户"], ["en", "is not linked to an account here"]]) {
    test(`an identity without an account is told so (${lang})`, async () => {
      const page = await browse({ lang });
      await through(page, "nobody");
      assert.match(await text(page), new RegExp(refused));
      assert.match(await text(page), /E-nobody/);
      await page.goto("/me");
      assert.match(page.url(), /\/sign-in/);
      await close(page);
    });
  }

  test("the security administrator links it, and its person comes in by the button", async () => {
    const security = await browse({ as: SECURITY_ADMIN });
    await security.goto(`/admin/accounts/${OFFICE}/identities/new`);
    await security.fill("[name=identity_subject]", "E-1001");
    await Promise.all([security.waitForURL(new RegExp(`${OFFICE}$`)), security.click("main .btn-primary")]);
    await close(security);

    const page = await browse();
    const back = await through(page, "1001");
    assert.equal(new URL(page.url()).pathname, "/units");
    assert.ok(new URL(back).searchParams.get("iss"), "the provider names itself in the answer (RFC 9207)");
    await page.goto("/me");
    assert.match(await page.locator("#sessions-title").locator("xpath=ancestor::section").innerText(), /统一身份认证/);

    // the same return again: in this browser, in another, and with the cookies of this one
    await page.context().clearCookies({ name: "session" });
    await page.goto(back);
    assert.match(await text(page), /不属于本浏览器发起的登录/);
    const other = await browse({ lang: "en" });
    await other.goto(back);
    assert.match(await text(other), /does not belong to a sign-in begun in this browser/);
    await close(other);
    await close(page);
  });

  test("a copied state is good once, and a code is good once", async () => {
    const page = await browse();
    let carried;
    page.on("request", async (request) => {
      if (!request.url().includes(BACK)) return;
      carried = (await request.allHeaders()).cookie.match(/provider=([^;]+)/)[1];
    });
    const back = await through(page, "1001");
    for (const [lang, wanted] of [["zh-CN", /返回链接已经用过/], ["en", /was used before/]]) {
      const thief = await browse({ lang });
      await thief.context().addCookies([{ name: "provider", value: carried, url: city.address }]);
      await thief.goto(back);
      assert.match(await text(thief), wanted);
      await thief.goto("/me");
      assert.match(thief.url(), /\/sign-in/);
      await close(thief);
    }
    // the code on a way of the thief's own
    const code = new URL(back).searchParams.get("code");
    for (const [lang, wanted] of [["zh-CN", /授权码无效、已用过或已过期/], ["en", /authorisation code is wrong, was used before/]]) {
      const thief = await browse({ lang });
      await thief.goto("/sign-in");
      await Promise.all([thief.waitForURL(/interaction/), thief.click("#provider")]);
      const cookies = await thief.context().cookies(city.address);
      // the state stands in the address of the provider's page that the browser was sent to
      const sent = await fetch(`${city.address}/sign-in/provider`, { redirect: "manual" });
      const state = new URL(sent.headers.get("location")).searchParams.get("state");
      const value = sent.headers.getSetCookie().find((c) => c.startsWith("provider=")).split(";")[0].slice("provider=".length);
      assert.ok(cookies.some((c) => c.name === "provider"));
      await thief.context().addCookies([{ name: "provider", value, url: city.address }]);
      await thief.goto(`${BACK}?code=${code}&state=${state}`);
      assert.match(await text(thief), wanted);
      await close(thief);
    }
    await close(page);
  });

  test("a person links their own identity after their password; ES256 will do as well", async () => {
    await provider.stop();
    provider = await provide(city.address + BACK, "ES256");
    assert.equal((await configure({ issuer: provider.issuer })).match(/通过/g).length, 3);
    const page = await browse({ as: CLERK });
    await page.goto("/me/identities/new");
    await page.fill("[name=old_password]", PASSWORD);
    await Promise.all([page.waitForURL(/\/me\/identities$/), page.click("main .btn-primary")]);
    await Promise.all([page.waitForURL(/interaction/), page.click("#provider")]);
    await signInThere(page, "2002");
    await page.waitForURL(/\/me$/);
    assert.match(await text(page), /已关联身份“E-2002”/);
    await close(page);
    const fresh = await browse();
    await through(fresh, "2002", "/me");
    assert.match(await text(fresh), new RegExp(CLERK));
    await close(fresh);
  });
});

describe("with a passkey", { concurrency: false }, () => {
  /** Recovery codes that came with it. */
  let codes;

  /** Gives the window an authenticator that says yes. */
  async function withAuthenticator(page) {
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options });
    return { session, authenticatorId };
  }

  test("it is registered, asked for at signing in, and its answer is good once", async () => {
    const page = await browse({ as: OFFICE });
    await withAuthenticator(page);
    await page.goto("/me/second-factor");
    await page.fill("[name=authenticator_name]", "办公电脑");
    await page.click('form[action="/me/authenticators"] button');
    codes = (await page.locator("#once").innerText()).trim().split(/\s+/);
    await page.goto("/me/second-factor");
    assert.match(await text(page), /办公电脑/);

    await page.context().clearCookies({ name: "session" });
    let sent;
    page.on("request", (request) => {
      if (request.url().endsWith("/second-factor/authenticator")) sent = new URLSearchParams(request.postData());
    });
    await half(page);
    await page.click('form[action="/sign-in/second-factor/authenticator"] button');
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    await page.goto("/me");
    assert.match(await text(page), /密码 · 通行密钥/);

    // the same answer in a sign-in of the thief's own
    for (const [lang, wanted] of [["zh-CN", /已用过、已过期，或不属于这次登录/], ["en", /was used before, has expired, or belongs to another sign-in/]]) {
      const thief = await browse({ lang });
      await half(thief);
      await thief.evaluate((answer) => {
        const form = document.querySelector('form[action="/sign-in/second-factor/authenticator"]');
        form.querySelector("[name=authenticator_answer]").value = answer;
        form.submit();
      }, sent.get("authenticator_answer"));
      await thief.waitForURL(/authenticator$/);
      assert.match(await text(thief), wanted);
      await thief.goto("/me");
      assert.match(thief.url(), /\/sign-in/);
      await close(thief);
    }
    await close(page);
  });

  test("without script the page says so and offers the other ways", async () => {
    const page = await browse({ script: false });
    await half(page);
    assert.match(await text(page), /通行密钥需要启用 JavaScript/);
    assert.ok(await page.locator("[name=factor_code]").isVisible());
    assert.ok(!(await page.locator('form[action$="/authenticator"] button').isVisible()));
    await close(page);
  });

  test("it is removed with the password, and asked for no more", async () => {
    const page = await browse();
    await withAuthenticator(page);
    // by a recovery code: this window's authenticator is another one
    await half(page);
    await page.fill("[name=factor_code]", codes[0]);
    await Promise.all([page.waitForURL((url) => !url.pathname.startsWith("/sign-in")), page.press("[name=factor_code]", "Enter")]);
    await page.goto("/me/second-factor");
    await Promise.all([page.waitForURL(/removal$/), page.click('main a[href$="/removal"]')]);
    await page.fill("[name=old_password]", PASSWORD);
    await Promise.all([page.waitForURL(/\/me\/second-factor$/), page.click("main .btn-outline-danger")]);
    assert.match(await text(page), /已移除“办公电脑”/);
    await close(page);
    await close(await browse({ as: OFFICE }));
  });

  async function half(page) {
    await page.goto("/sign-in");
    await page.fill("[name=login]", OFFICE);
    await page.fill("[name=password]", PASSWORD);
    await Promise.all([page.waitForURL(/second-factor/), page.press("[name=password]", "Enter")]);
  }
});

describe("sessions", () => {
  test("a cookie copied before signing out opens nothing afterwards", async () => {
    const page = await browse({ as: CLERK });
    const cookies = await page.context().cookies();
    await page.goto("/me");
    await page.evaluate(() => document.querySelector('form[action="/sign-out"]').submit());
    await page.waitForURL(/\/sign-in/);
    const thief = await browse();
    await thief.context().addCookies(cookies);
    await thief.goto("/me");
    assert.match(thief.url(), /\/sign-in/);
    await close(thief);
    await close(page);
  });

  test("a cookie planted before signing in is not the session afterwards", async () => {
    const planted = "abcdefghjkmnpqrstuvwxyz234";
    const victim = await browse();
    await victim.context().addCookies([{ name: "session", value: planted, url: city.address }]);
    await signIn(victim, CLERK);
    const after = (await victim.context().cookies()).filter((c) => c.name === "session").map((c) => c.value);
    assert.ok(after.length === 1 && after[0] !== planted, String(after));
    const attacker = await browse();
    await attacker.context().addCookies([{ name: "session", value: planted, url: city.address }]);
    await attacker.goto("/me");
    assert.match(attacker.url(), /\/sign-in/);
    await close(attacker);
    await close(victim);
  });
});
