/**
 * Takes the after-photo with the before-photo as a translucent ghost on top, so that both show the same place.
 * The photo goes into an ordinary file input; where there is no camera, that input is all there is.
 */
import { named } from "./lib/dom";

const EDGE = 2560;
const GHOSTS = ["", "camera-ghost-60", "camera-ghost-0", "camera-ghost-25"];

export function start(place: HTMLElement): void {
  const input = named(place.dataset["input"]) as HTMLInputElement | null;
  const view = place.querySelector<HTMLElement>(".camera-view");
  const video = place.querySelector("video");
  const opener = place.querySelector<HTMLButtonElement>("[data-camera-open]");
  if (!input || !view || !video || !opener || !navigator.mediaDevices?.getUserMedia) return;

  let stream: MediaStream | undefined;
  let facing: "environment" | "user" = "environment";
  let ghost = 0;

  const close = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    view.hidden = true;
    opener.hidden = false;
  };

  const open = async () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: { ideal: facing }, width: { ideal: EDGE }, height: { ideal: 1920 } },
      });
    } catch {
      // Refused or absent: the phone's own camera or album, through the file input.
      close();
      input.click();
      return;
    }
    video.srcObject = stream;
    await video.play();
    view.hidden = false;
    opener.hidden = true;
    place.querySelector<HTMLElement>('[data-camera-act="shoot"]')?.focus();
  };

  const shoot = async () => {
    const scale = Math.min(1, EDGE / Math.max(video.videoWidth, video.videoHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.88));
    if (!blob) return;
    const bag = new DataTransfer();
    bag.items.add(new File([blob], `${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}.jpg`, { type: "image/jpeg" }));
    input.files = bag.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    close();
    opener.focus();
  };

  const acts: Record<string, () => void> = {
    shoot: () => void shoot(),
    close: () => {
      close();
      opener.focus();
    },
    turn: () => {
      facing = facing === "environment" ? "user" : "environment";
      void open();
    },
    ghost: () => {
      const image = place.querySelector(".camera-ghost");
      image?.classList.remove(...GHOSTS.filter(Boolean));
      ghost = (ghost + 1) % GHOSTS.length;
      const next = GHOSTS[ghost];
      if (next) image?.classList.add(next);
    },
  };

  opener.hidden = false;
  opener.addEventListener("click", () => void open());
  place.addEventListener("click", (event) => {
    const act = (event.target as Element).closest<HTMLElement>("[data-camera-act]")?.dataset["cameraAct"];
    if (act) acts[act]?.();
  });
  addEventListener("pagehide", close);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && stream) close();
  });
}
