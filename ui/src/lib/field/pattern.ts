/**
 * `regex()` as the server has it (`regex-lite`: ASCII classes, the whole text has to fit, no looking ahead, no references back).
 * The browser's own would read some patterns differently and could hang on others; this one only asks where a part can end,
 * which takes no longer than pattern times text.
 */
import { LINE, type Look, type Node, RETURN, read } from "./reading";

const known = new Map<string, Node | undefined>();

/** Whether the whole text fits. A pattern that cannot be read fits nothing. */
export function matches(pattern: string, text: string): boolean {
  if (!known.has(pattern)) {
    if (known.size > 200) known.clear();
    // by itself too: brackets of its own could close ours
    known.set(pattern, read(pattern) && read(`^(?:${pattern})$`));
  }
  const node = known.get(pattern);
  if (!node) return false;
  const letters = Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
  return ends(node, new Set([0]), letters).has(letters.length);
}

/** Where a part can end that begins at one of these places. */
function ends(node: Node, from: Set<number>, text: number[]): Set<number> {
  if ("ranges" in node) {
    const found = new Set<number>();
    for (const at of from) {
      const letter = text[at];
      if (letter !== undefined && node.ranges.some(([first, last]) => letter >= first && letter <= last)) found.add(at + 1);
    }
    return found;
  }
  if ("all" in node) return node.all.reduce((places, part) => ends(part, places, text), from);
  if ("any" in node) return new Set(node.any.flatMap((part) => [...ends(part, from, text)]));
  if ("look" in node) return new Set([...from].filter((at) => sees(node.look, at, text)));
  let places = from;
  // what can be empty comes to a set that stays the same; what cannot, to none
  for (let n = 0; n < node.least && places.size > 0; n += 1) {
    const next = ends(node.times, places, text);
    if (same(next, places)) break;
    places = next;
  }
  const found = new Set(places);
  for (let n = node.least; n < node.most && places.size > 0; n += 1) {
    const next = ends(node.times, places, text);
    places = new Set([...next].filter((at) => !found.has(at)));
    for (const at of places) found.add(at);
  }
  return found;
}

const same = (one: Set<number>, other: Set<number>) => one.size === other.size && [...one].every((at) => other.has(at));
const isWord = (letter: number | undefined) => letter !== undefined && letter < 128 && /\w/.test(String.fromCharCode(letter));

function sees(look: Look, at: number, text: number[]): boolean {
  const [before, behind] = [text[at - 1], text[at]];
  const [left, right] = [isWord(before), isWord(behind)];
  switch (look) {
    case "start": return at === 0;
    case "end": return at === text.length;
    case "line-start": return at === 0 || before === LINE;
    case "line-end": return at === text.length || behind === LINE;
    case "crlf-start": return at === 0 || before === LINE || (before === RETURN && behind !== LINE);
    case "crlf-end": return at === text.length || behind === RETURN || (behind === LINE && before !== RETURN);
    case "word": return left !== right;
    case "no-word": return left === right;
    case "word-start": return !left && right;
    case "word-end": return left && !right;
    case "half-start": return !left;
    case "half-end": return !right;
  }
}
