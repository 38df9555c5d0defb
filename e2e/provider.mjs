/** An identity provider as cities have one: `oidc-provider`, certified by the OpenID Foundation, on this machine. */
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

export const CLIENT = { id: "chuangcheng", secret: "e2e-geheim-0123456789" };

/** Everybody may sign in under any name; their staff number is the name with `E-` before it. */
const findAccount = (_, id) => ({ accountId: id, claims: () => ({ sub: id, employee_number: `E-${id}` }) });

const key = (kind, options, alg) => ({ ...generateKeyPairSync(kind, options).privateKey.export({ format: "jwk" }), alg, use: "sig", kid: alg });

/** Serves it; `back` is the program's return address. Tokens are signed with `alg`. */
export async function provide(back, alg = "RS256") {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [back], id_token_signed_response_alg: alg }],
    claims: { openid: ["sub"], profile: ["employee_number"] },
    enabledJWA: { idTokenSigningAlgValues: ["RS256", "ES256"] },
    jwks: { keys: [key("rsa", { modulusLength: 2048 }, "RS256"), key("ec", { namedCurve: "P-256" }, "ES256")] },
    cookies: { keys: ["e2e"] },
    findAccount,
  });
  server.on("request", provider.callback());
  return { issuer, stop: () => new Promise((resolve) => server.close(resolve)) };
}

/** Signs in at the provider's own pages, and agrees. */
export async function signInThere(page, name) {
  await page.fill("[name=login]", name);
  await page.fill("[name=password]", "anything");
  await page.click("button[type=submit]");
  await page.click("button[type=submit]");
}
