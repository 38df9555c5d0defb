// Makes one SVG sprite of the icons named in icons.txt.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../node_modules/@tabler/icons/icons/outline/", import.meta.url));

/** @param {string} list one icon name a line; `#` starts a comment */
export function sprite(list) {
  const names = list.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  const unknown = names.filter((name) => !existsSync(`${folder}${name}.svg`));
  if (unknown.length > 0) throw new Error(`icons.txt names icons that Tabler does not have: ${unknown.join(", ")}`);
  const symbols = [...new Set(names)].map((name) => {
    const svg = readFileSync(`${folder}${name}.svg`, "utf8");
    const shapes = svg
      .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
      .replace(/<\/svg>\s*$/, "")
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
      .replace(/\s*\n\s*/g, "")
      .replace(/ \/>/g, "/>");
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}
