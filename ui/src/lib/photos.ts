/** `input[type=file][data-preview="#list"]`: shows what was chosen, makes big photos smaller, lets one be taken out again. */
import { enhance, fill, icon, named, say } from "./dom";
import { exifOf, upright, withExif } from "./exif";
import { hold } from "./forms";

const EDGE = 2560;
const SMALL_ENOUGH = 1_500_000;

export function startPhotos(): void {
  enhance("input[type=file][data-preview]", (element) => {
    const input = element as HTMLInputElement;
    const list = named(input.dataset["preview"]);
    if (!list) return;
    let chosen: File[] = [];

    const show = () => {
      const bag = new DataTransfer();
      for (const file of chosen) bag.items.add(file);
      input.files = bag.files;
      for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
      list.replaceChildren(...chosen.map((file) => card(file, input, () => {
        chosen = chosen.filter((other) => other !== file);
        show();
        input.focus();
      })));
    };

    input.addEventListener("change", async () => {
      const added = [...(input.files ?? [])];
      hold(input.form, 1);
      try {
        const ready = await Promise.all(added.map(smaller));
        chosen = input.multiple ? [...chosen, ...ready] : ready;
        const max = Number(input.dataset["max"] ?? 9);
        if (chosen.length > max) {
          chosen = chosen.slice(0, max);
          say(fill(input.dataset["textTooMany"], { n: max }));
        }
        show();
        input.dispatchEvent(new CustomEvent("photos:ready", { bubbles: true }));
      } finally {
        hold(input.form, -1);
      }
    });

    // on a slow phone a photo is taken before this runs
    if (input.files?.length) input.dispatchEvent(new Event("change", { bubbles: true }));

    const drop = input.closest(".upload-drop");
    for (const type of ["dragenter", "dragover"]) drop?.addEventListener(type, () => drop.classList.add("is-over"));
    for (const type of ["dragleave", "drop"]) drop?.addEventListener(type, () => drop.classList.remove("is-over"));
  });
}

/** A JPEG of at most 2560 px on its longer side, EXIF kept. What cannot be read is sent as it is. */
export async function smaller(file: File): Promise<File> {
  if (!file.type.startsWith("image/") || file.type === "image/gif" || file.type === "image/svg+xml") return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
    if (scale === 1 && (file.size <= SMALL_ENOUGH || file.type !== "image/jpeg")) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    let blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.86));
    if (!blob || blob.size >= file.size) return file;
    const segment = file.type === "image/jpeg" ? exifOf(await file.slice(0, 262_144).arrayBuffer()) : undefined;
    if (segment) {
      upright(segment);
      blob = await withExif(blob, segment);
    }
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file;
  }
}

function card(file: File, input: HTMLInputElement, remove: () => void): HTMLElement {
  const item = document.createElement("li");
  item.className = "upload-item";
  if (file.type.startsWith("image/")) {
    const image = document.createElement("img");
    image.alt = "";
    image.src = URL.createObjectURL(file);
    item.append(image);
  }
  const name = document.createElement("span");
  name.className = "upload-name";
  name.textContent = file.name;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "upload-remove";
  button.setAttribute("aria-label", fill(input.dataset["textRemove"], { name: file.name }));
  button.append(icon("x"));
  button.addEventListener("click", remove);
  item.append(name, button);
  return item;
}
