/**
 * `form[data-push="<the city's public key>"]`: asks the browser to be told by push, and sends what it gave as an ordinary form.
 * Where browser or page cannot, the line that says so stays and the button does not appear.
 */
import { say } from "./lib/dom";

export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const button = form.querySelector<HTMLButtonElement>("button");
  if (!button || !("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return;
  button.hidden = false;
  const unable = form.querySelector<HTMLElement>("[data-push-unable]");
  if (unable) unable.hidden = true;

  form.addEventListener("submit", (event) => {
    if (field(form, "push_endpoint").value !== "") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void ask(form).then((given) => {
      // not while this event is still on its way: a form is not sent from within being sent
      if (given) setTimeout(() => form.requestSubmit(button));
    });
  }, true);
}

async function ask(form: HTMLFormElement): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") {
    say(form.dataset["textDenied"], 12);
    return false;
  }
  try {
    const worker = await navigator.serviceWorker.ready;
    const key = bytes(form.dataset["push"] ?? "");
    let held = await worker.pushManager.getSubscription();
    // a subscription for another key, of a city that was set up anew, is of no use
    if (held && !same(held.options.applicationServerKey, key)) {
      await held.unsubscribe();
      held = null;
    }
    const given = (held ?? (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }))).toJSON();
    field(form, "push_endpoint").value = given.endpoint ?? "";
    field(form, "push_key").value = given.keys?.["p256dh"] ?? "";
    field(form, "push_auth").value = given.keys?.["auth"] ?? "";
    return true;
  } catch {
    say(form.dataset["textFailed"], 12);
    return false;
  }
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}

function same(held: ArrayBuffer | null, key: Uint8Array): boolean {
  const other = new Uint8Array(held ?? new ArrayBuffer(0));
  return other.length === key.length && other.every((byte, at) => byte === key[at]);
}
