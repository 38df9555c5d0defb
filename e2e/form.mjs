/** Paper forms as people hand them in: the PDF that was printed, made a picture by poppler's pdftoppm, ticked on a canvas. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The pages of a PDF as PNG, at 150 dpi. */
export function pagesOf(pdf) {
  const folder = mkdtempSync(join(tmpdir(), "form-"));
  try {
    writeFileSync(join(folder, "form.pdf"), pdf);
    execFileSync("pdftoppm", ["-r", "150", "-png", join(folder, "form.pdf"), join(folder, "page")]);
    const names = readdirSync(folder).filter((name) => name.endsWith(".png"));
    return names.sort().map((name) => readFileSync(join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where the box of a kind is, in millimetres: three in a row, as crates/paper/src/layout.rs has them. */
const boxOf = (n) => ({ x: 18 + 58.5 * (n % 3), y: 63 + 8.8 * Math.floor(n / 3) });

/** The page with these kinds ticked and words in its fields, turned by some degrees, as JPEG. */
export async function filled(browser, png, kinds, { turn = 2 } = {}) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const data = await page.evaluate(
    async ({ source, boxes, turn }) => {
      const sheet = new Image();
      sheet.src = source;
      await sheet.decode();
      const perMm = 150 / 25.4;
      const canvas = Object.assign(document.createElement("canvas"), { width: sheet.width + 120, height: sheet.height + 120 });
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#8d8577";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.translate(canvas.width / 2, canvas.height / 2);
      pen.rotate((turn * Math.PI) / 180);
      pen.translate(-sheet.width / 2, -sheet.height / 2);
      pen.drawImage(sheet, 0, 0);
      pen.strokeStyle = "#1d2b6b";
      pen.lineWidth = 0.7 * perMm;
      for (const box of boxes) {
        pen.beginPath();
        pen.moveTo((box.x + 1.2) * perMm, (box.y + 3.2) * perMm);
        pen.lineTo((box.x + 2.6) * perMm, (box.y + 5) * perMm);
        pen.lineTo((box.x + 6.2) * perMm, (box.y + 0.4) * perMm);
        pen.stroke();
      }
      pen.fillStyle = "#1d2b6b";
      pen.font = `${6 * perMm}px serif`;
      pen.fillText("门口积水三天了", 26 * perMm, 128 * perMm);
      return canvas.toDataURL("image/jpeg", 0.85);
    },
    { source: `data:image/png;base64,${png.toString("base64")}`, boxes: kinds.map(boxOf), turn },
  );
  await context.close();
  return Buffer.from(data.split(",")[1], "base64");
}

/** Prints a batch as this visitor; its number, and its pages as PNG. */
export async function printed(visitor, place, amount) {
  const made = await visitor.send("/paper/batches", { paper_place: place, paper_amount: amount });
  const number = made.path.split("/").pop();
  const { bytes } = await visitor.send(`/paper/batches/${number}/pdf`);
  const pages = pagesOf(bytes);
  assert.equal(pages.length, amount);
  return { number, pages };
}
