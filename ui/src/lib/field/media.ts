/** Photos and sounds of an answer: taken or chosen, made smaller with their EXIF, kept at once, shown, taken out again. */
import { icon, say } from "../dom";
import { smaller } from "../photos";
import type { Question } from "./model";
import { type Said, el } from "../away/parts";
import { namesOf } from "./screens";
import { type Draft, dropFile, filesOf, keepFile, keptFile } from "./store";
import type { Holder } from "./questions";

const ENDINGS: Record<string, string> = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/heic": "heic", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/x-m4a": "m4a", "audio/webm": "webm", "audio/ogg": "ogg", "audio/wav": "wav" };

/** A name of its own for every file of a record: letters and digits only, whatever the telephone called it. */
function nameOf(question: Question, file: File): string {
  const mark = [...crypto.getRandomValues(new Uint8Array(5))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const own = /\.([a-z0-9]{1,5})$/i.exec(file.name)?.[1]?.toLowerCase();
  return `${question.name.replace(/[^\w-]/g, "").slice(0, 40)}-${mark}.${ENDINGS[file.type] ?? own ?? "bin"}`;
}

/** `changed` is told after the answer names what is kept. */
export function media(said: Said, draft: Draft, question: Question, holder: Holder, id: string, changed: () => Promise<void>): HTMLElement {
  const sound = question.kind === "audio";
  const list = el("ul", { class: "upload-list", id: `${id}-list` });
  const doors = el("div", { class: "cluster" });
  const place = el("div", { class: "upload field-media" }, doors, list);
  const most = sound ? 1 : (question.most ?? 1);

  const give = (names: string[]) => {
    const given = (holder.given ??= {});
    if (names.length === 0) delete given[question.name];
    else given[question.name] = sound ? (names[0] ?? "") : names;
    return changed();
  };

  const take = async (input: HTMLInputElement) => {
    const room = sound ? 1 : most - namesOf(question, holder).length;
    const chosen = [...(input.files ?? [])];
    input.value = "";
    if (chosen.length > room) say(said.text("too-many", { n: most }));
    place.setAttribute("aria-busy", "true");
    try {
      for (const file of chosen.slice(0, room)) {
        const ready = sound ? file : await smaller(file);
        const name = nameOf(question, ready);
        await keepFile({ key: filesOf(draft) + name, name, type: ready.type, bytes: await ready.arrayBuffer() });
        const before = namesOf(question, holder);
        await give(sound ? [name] : [...before, name]);
        if (sound) for (const old of before) await dropFile(filesOf(draft) + old);
      }
    } catch {
      say(said.text("no-room"), 15);
    } finally {
      place.removeAttribute("aria-busy");
      await show();
    }
  };

  const door = (words: string, sign: string, name: string, more: Record<string, string | boolean>) => {
    const input = el("input", { class: "visually-hidden", type: "file", id: name, accept: sound ? "audio/*" : "image/*", "aria-describedby": `${id}-error`, ...more });
    input.addEventListener("change", () => void take(input));
    return el("label", { class: "btn field-door", for: name }, icon(sign), words, input);
  };

  const show = async () => {
    for (const shown of list.querySelectorAll<HTMLImageElement | HTMLAudioElement>("img, audio")) URL.revokeObjectURL(shown.src);
    const names = namesOf(question, holder);
    const cards = await Promise.all(names.map(async (name, n) => {
      const kept = await keptFile(filesOf(draft) + name);
      const address = kept ? URL.createObjectURL(new Blob([kept.bytes], { type: kept.type })) : "";
      const words = sound ? said.text("sound") : said.text("photo-n", { n: n + 1 });
      const remove = el("button", { class: "upload-remove", type: "button", "aria-label": said.text("remove", { name: words }) }, icon("x"));
      remove.addEventListener("click", () => {
        void (async () => {
          await give(namesOf(question, holder).filter((other) => other !== name));
          await dropFile(filesOf(draft) + name);
          await show();
          doors.querySelector("input")?.focus();
        })();
      });
      const picture = !kept ? el("p", { class: "field-lost" }, said.text("file-lost")) : sound ? el("audio", { src: address, controls: true, "aria-label": words }) : el("img", { src: address, alt: words });
      return el("li", { class: sound ? "upload-item field-sound" : "upload-item" }, picture, remove);
    }));
    list.replaceChildren(...cards);
    doors.hidden = names.length >= most && !sound;
  };

  if (sound) {
    doors.append(door(said.text("choose-sound"), "microphone", id, { capture: true }));
  } else {
    doors.append(
      door(said.text("take-photo"), "camera", id, { capture: "environment" }),
      door(said.text("choose-photo"), "photo-plus", `${id}-more`, { multiple: most > 1 }),
    );
  }
  void show();
  return place;
}
