/**
 * Passkeys and security keys: `<form data-authenticator="create|get" data-challenge="/address">`. The form asks the server for
 * a challenge, the browser asks the person, and the answer goes into the form's hidden field and is sent like any form.
 * The form is hidden until this has started; `[data-authenticator-none]` beside it names the other ways.
 */

type Json = Record<string, unknown>;

/** base64url, as the server writes and reads bytes. */
function bytes(text: string): ArrayBuffer {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** A list of credentials with their ids as bytes. */
const listed = (list: unknown) => ((list as { id: string }[] | undefined) ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function create(asked: Json): Promise<Json> {
  const user = asked["user"] as { id: string };
  const made = (await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked["challenge"] as string),
      user: { ...user, id: bytes(user.id) },
      excludeCredentials: listed(asked["excludeCredentials"]),
    } as unknown as PublicKeyCredentialCreationOptions,
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return { ...named(made), response: { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject) } };
}

async function get(asked: Json): Promise<Json> {
  const given = (await navigator.credentials.get({
    publicKey: {
      ...asked,
      challenge: bytes(asked["challenge"] as string),
      allowCredentials: listed(asked["allowCredentials"]),
    } as unknown as PublicKeyCredentialRequestOptions,
  })) as PublicKeyCredential;
  const response = given.response as AuthenticatorAssertionResponse;
  return {
    ...named(given),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
}

const named = (credential: PublicKeyCredential) => ({ id: credential.id, rawId: text(credential.rawId), type: credential.type, extensions: {} });

export function start(place: HTMLElement): void {
  const form = place as HTMLFormElement;
  const answer = form.querySelector<HTMLInputElement>("[name=authenticator_answer]");
  const csrf = form.querySelector<HTMLInputElement>("[name=csrf]");
  const fault = form.querySelector<HTMLElement>("[data-fault]");
  if (!answer || !csrf || !("PublicKeyCredential" in window)) return;
  form.hidden = false;
  for (const other of form.parentElement?.querySelectorAll<HTMLElement>("[data-authenticator-none]") ?? []) other.hidden = true;

  const ask = async () => {
    const sent = await fetch(form.dataset["challenge"] ?? "", { method: "POST", body: new URLSearchParams({ csrf: csrf.value }) });
    if (!sent.ok) throw new Error(String(sent.status));
    const asked = ((await sent.json()) as { publicKey: Json }).publicKey;
    return form.dataset["authenticator"] === "create" ? create(asked) : get(asked);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (fault) fault.hidden = true;
    ask().then(
      (given) => {
        answer.value = JSON.stringify(given);
        form.submit();
      },
      () => {
        if (!fault) return;
        fault.textContent = fault.dataset["fault"] ?? "";
        fault.hidden = false;
      },
    );
  });
}
