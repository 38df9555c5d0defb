/**
 * Says it instead of writing it: records with the browser's own recorder, lets people listen, throw it away or say it again.
 * The recording goes into an ordinary file input, so that it is sent, kept and brought back like a photo; where a browser
 * cannot record, that input is all there is. No text for people stands here.
 */
import { fill, icon } from "./lib/dom";
import { hold } from "./lib/forms";

/** What browsers write: Chromium and Firefox the first, Safari the second. */
const KINDS: [string, string][] = [
  ["audio/webm;codecs=opus", "webm"],
  ["audio/mp4", "m4a"],
  ["audio/ogg;codecs=opus", "ogg"],
];
/** Speech needs no more, in bits a second. */
const BITS = 32_000;

export function start(place: HTMLElement): void {
  const part = <T extends HTMLElement>(name: string) => place.querySelector<T>(`[data-record${name}]`);
  const input = place.querySelector<HTMLInputElement>("input[type=file]");
  const tools = place.querySelector<HTMLElement>(".recorder-tools");
  const [button, text, time, drop] = [part<HTMLButtonElement>(""), part("-text"), part("-time"), part<HTMLButtonElement>("-drop")];
  const [sound, note] = [part<HTMLAudioElement>("-sound"), part("-say")];
  if (!input || !tools || !button || !text || !time || !drop || !sound || !note) return;

  const words = place.dataset;
  const say = (words: string | undefined) => (note.textContent = words ?? "");
  const longest = Number(words["seconds"] ?? 120);
  const kind = typeof MediaRecorder === "function" ? KINDS.find(([type]) => MediaRecorder.isTypeSupported(type)) : undefined;
  let recorder: MediaRecorder | undefined;
  let clock: ReturnType<typeof setInterval> | undefined;

  const look = () => {
    const on = recorder !== undefined;
    const has = (input.files?.length ?? 0) > 0;
    button.setAttribute("aria-pressed", String(on));
    button.classList.toggle("is-recording", on);
    button.querySelector(".icon")?.replaceWith(icon(on ? "player-pause" : "microphone"));
    text.textContent = words[on ? "textStop" : has ? "textAgain" : "textRecord"] ?? "";
    drop.hidden = on || !has;
    sound.hidden = on || !has;
    if (!on) time.textContent = "";
  };

  /** Shows what the input holds: recorded here, chosen, or brought back from what waited. */
  const show = () => {
    if (sound.src) URL.revokeObjectURL(sound.src);
    const file = input.files?.[0];
    if (file) sound.src = URL.createObjectURL(file);
    else sound.removeAttribute("src");
    look();
  };

  const put = (file?: File) => {
    const bag = new DataTransfer();
    if (file) bag.items.add(file);
    input.files = bag.files;
    // a guarded form knows by this that it is not as it was
    input.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  };

  const record = async (type: string, ending: string) => {
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      // refused, or there is no microphone: a file can still be chosen
      input.hidden = false;
      say(words["textDenied"]);
      return;
    }
    const pieces: Blob[] = [];
    const now = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS });
    recorder = now;
    // whoever sends the form while speaking sends what was said
    hold(input.form, 1);
    now.ondataavailable = (event) => void (event.data.size > 0 && pieces.push(event.data));
    now.onstop = () => {
      for (const track of stream.getTracks()) track.stop();
      clearInterval(clock);
      recorder = undefined;
      const all = new Blob(pieces, { type });
      if (all.size > 0) put(new File([all], `${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}.${ending}`, { type }));
      else look();
      hold(input.form, -1);
      say(words[all.size > 0 ? "textReady" : "textSilent"]);
    };
    const began = Date.now();
    clock = setInterval(() => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (seconds >= longest) stop();
    }, 200);
    now.start();
    say(fill(words["textOn"], { n: longest }));
    look();
  };

  const stop = () => {
    if (recorder?.state === "recording") recorder.stop();
  };

  input.addEventListener("change", show);
  input.form?.addEventListener("reset", () => setTimeout(show));
  // before all others, which hold the form back until there is something to send
  addEventListener("submit", (event) => void (event.target === input.form && stop()), true);
  addEventListener("pagehide", stop);
  drop.addEventListener("click", () => {
    put();
    say(words["textDropped"]);
    button.focus();
  });
  if (kind && navigator.mediaDevices) {
    button.addEventListener("click", () => void (recorder ? stop() : record(...kind)));
    input.hidden = true;
  } else {
    button.hidden = true;
  }
  tools.hidden = false;
  show();
}
