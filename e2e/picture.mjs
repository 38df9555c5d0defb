/** Photos as a telephone takes them: real JPEGs, drawn on a canvas in a window of its own. */

/** `{ name, mimeType, buffer }`, as Playwright's `setInputFiles` wants it. No two with different words are the same. */
export async function photo(browser, words, { width = 1600, height = 1200 } = {}) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const data = await page.evaluate(
    ({ words, width, height }) => {
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const pen = canvas.getContext("2d");
      const hue = [...words].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 360;
      const sky = pen.createLinearGradient(0, 0, 0, height);
      sky.addColorStop(0, `hsl(${hue} 35% 78%)`);
      sky.addColorStop(1, `hsl(${hue} 15% 42%)`);
      pen.fillStyle = sky;
      pen.fillRect(0, 0, width, height);
      pen.fillStyle = "#55585c";
      pen.fillRect(0, height * 0.6, width, height * 0.4);
      for (let n = 0; n < 400; n += 1) {
        pen.fillStyle = `hsl(${hue} 10% ${20 + ((n * 37) % 50)}%)`;
        pen.fillRect((n * 7919) % width, height * 0.6 + ((n * 104729) % (height * 0.4)), 18, 5);
      }
      pen.fillStyle = "#fff";
      pen.font = `${height / 9}px sans-serif`;
      pen.fillText(words, width * 0.06, height * 0.35);
      return canvas.toDataURL("image/jpeg", 0.85);
    },
    { words, width, height },
  );
  await context.close();
  const buffer = Buffer.from(data.split(",")[1], "base64");
  if (buffer.readUInt16BE(0) !== 0xffd8) throw new Error("the canvas made no JPEG");
  return { name: `${words}.jpg`, mimeType: "image/jpeg", buffer };
}

/** The same as a form of a `Visitor` sends it. */
export const asFile = (picture, field) => ({ field, name: picture.name, type: picture.mimeType, bytes: picture.buffer });
