/** A pattern of `regex()` as a tree, read as `regex-lite` reads it. */

export type Range = [number, number];
export type Look = "start" | "end" | "line-start" | "line-end" | "crlf-start" | "crlf-end" | "word" | "no-word" | "word-start" | "word-end" | "half-start" | "half-end";
export type Node =
  | { ranges: Range[] }
  | { all: Node[] }
  | { any: Node[] }
  | { times: Node; least: number; most: number }
  | { look: Look };

const LAST = 0x10ffff;
export const [LINE, RETURN] = [10, 13];

/** Nothing for what cannot be read. */
export function read(pattern: string): Node | undefined {
  try {
    return new Reader(pattern).whole();
  } catch (fault) {
    if (fault instanceof Unreadable) return undefined;
    throw fault;
  }
}

class Unreadable extends Error {}

const code = (letter: string) => letter.codePointAt(0) ?? 0;
const span = (text: string): Range[] => (text.match(/../gu) ?? []).map((pair) => [code(pair), code([...pair][1] ?? "")]);
const NAMED: Record<string, Range[]> = {
  alnum: span("09AZaz"),
  alpha: span("AZaz"),
  ascii: [[0, 0x7f]],
  blank: span("\t\t  "),
  cntrl: [[0, 0x1f], [0x7f, 0x7f]],
  digit: span("09"),
  graph: span("!~"),
  lower: span("az"),
  print: span(" ~"),
  punct: span("!/:@[`{~"),
  space: [[9, 13], [32, 32]],
  upper: span("AZ"),
  word: span("09AZ__az"),
  xdigit: span("09AFaf"),
};
const ESCAPES: Record<string, number> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };
const LOOKS: Record<string, Look> = { A: "start", z: "end", B: "no-word", "<": "word-start", ">": "word-end" };
const BOUNDARIES: Record<string, Look> = { start: "word-start", end: "word-end", "start-half": "half-start", "end-half": "half-end" };
const PERL: Record<string, string> = { d: "digit", s: "space", w: "word" };

function others(ranges: Range[]): Range[] {
  const found: Range[] = [];
  let next = 0;
  for (const [first, last] of [...ranges].sort((one, other) => one[0] - other[0])) {
    if (first > next) found.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= LAST) found.push([next, LAST]);
  return found;
}

/** With the other case of ASCII letters. */
function folded(ranges: Range[]): Range[] {
  return ranges.flatMap((range): Range[] => {
    for (const [first, last, step] of [[97, 122, -32], [65, 90, 32]] as const) {
      const [from, to] = [Math.max(range[0], first), Math.min(range[1], last)];
      if (from <= to) return [range, [from + step, to + step]];
    }
    return [range];
  });
}

class Reader {
  private readonly signs: string[];
  private at = 0;
  private flags = new Set<string>();

  constructor(pattern: string) {
    this.signs = [...pattern];
  }

  whole(): Node {
    const node = this.choice();
    if (this.at < this.signs.length) throw new Unreadable();
    return node;
  }

  private sign(): string {
    const sign = this.signs[this.at];
    if (sign === undefined) throw new Unreadable();
    return sign;
  }

  private take(text: string): boolean {
    const signs = [...text];
    if (!signs.every((sign, n) => this.signs[this.at + n] === sign)) return false;
    this.at += signs.length;
    return true;
  }

  /** With the flag `x`, space and remarks mean nothing. */
  private space(): void {
    if (!this.flags.has("x")) return;
    for (;;) {
      const sign = this.signs[this.at];
      if (sign !== undefined && /\p{White_Space}/u.test(sign)) this.at += 1;
      else if (sign === "#") {
        while (this.at < this.signs.length && this.signs[this.at] !== "\n") this.at += 1;
        this.at += 1;
      } else return;
    }
  }

  private choice(): Node {
    const ways: Node[] = [];
    let row: Node[] = [];
    for (;;) {
      this.space();
      const sign = this.signs[this.at];
      if (sign === undefined || sign === ")") break;
      if (sign === "(") {
        const before = new Set(this.flags);
        const group = this.group();
        if (group) {
          row.push(group);
          this.flags = before;
        }
        if (!this.take(")")) throw new Unreadable();
      } else if (sign === "|") {
        this.at += 1;
        ways.push({ all: row });
        row = [];
      } else if (sign === "[") row.push({ ranges: this.letters() });
      else if ("?*+{".includes(sign)) row.push(this.times(row.pop()));
      else row.push(this.single());
    }
    ways.push({ all: row });
    return ways.length === 1 ? { all: row } : { any: ways };
  }

  /** Up to the closing bracket; nothing for `(?i)`, whose flags go on. */
  private group(): Node | undefined {
    this.at += 1;
    this.space();
    if (["?=", "?!", "?<=", "?<!"].some((look) => this.take(look))) throw new Unreadable();
    if (this.take("?P<") || this.take("?<")) {
      const begun = this.at;
      while (this.sign() !== ">") this.at += 1;
      if (!/^[\p{Alphabetic}_][\p{Alphabetic}\p{N}._[\]]*$/u.test(this.signs.slice(begun, this.at).join(""))) throw new Unreadable();
      this.at += 1;
      return this.choice();
    }
    if (!this.take("?")) return this.choice();
    const begun = this.at;
    let off = false;
    const seen = new Set<string>();
    while (!":)".includes(this.sign())) {
      const sign = this.sign();
      if (seen.has(sign) || !"imsURxu-".includes(sign)) throw new Unreadable();
      seen.add(sign);
      if (sign === "-") off = true;
      else if (off) this.flags.delete(sign);
      else this.flags.add(sign);
      this.at += 1;
    }
    if (this.signs[this.at - 1] === "-") throw new Unreadable();
    if (this.take(":")) return this.choice();
    if (this.at === begun) throw new Unreadable();
    return undefined;
  }

  private times(node: Node | undefined): Node {
    if (!node) throw new Unreadable();
    const sign = this.sign();
    this.at += 1;
    let [least, most] = [sign === "+" ? 1 : 0, sign === "?" ? 1 : Number.POSITIVE_INFINITY];
    if (sign === "{") {
      least = this.decimal();
      most = least;
      if (this.take(",")) {
        this.space();
        most = this.signs[this.at] === "}" ? Number.POSITIVE_INFINITY : this.decimal();
      }
      if (!this.take("}") || least > most) throw new Unreadable();
      this.space();
    }
    this.take("?");
    return { times: node, least, most };
  }

  private decimal(): number {
    const blank = () => {
      while (/\p{White_Space}/u.test(this.signs[this.at] ?? "")) this.at += 1;
    };
    blank();
    let digits = "";
    while (/[0-9]/.test(this.signs[this.at] ?? "")) {
      digits += this.sign();
      this.at += 1;
      this.space();
    }
    blank();
    if (digits === "" || Number(digits) > 0xffff_ffff) throw new Unreadable();
    return Number(digits);
  }

  private single(): Node {
    const sign = this.sign();
    this.at += 1;
    const [lines, crlf] = [this.flags.has("m"), this.flags.has("R")];
    if (sign === "\\") return this.escape();
    if (sign === "^") return { look: !lines ? "start" : crlf ? "crlf-start" : "line-start" };
    if (sign === "$") return { look: !lines ? "end" : crlf ? "crlf-end" : "line-end" };
    if (sign === ".") {
      if (this.flags.has("s")) return { ranges: [[0, LAST]] };
      return { ranges: others(crlf ? [[LINE, LINE], [RETURN, RETURN]] : [[LINE, LINE]]) };
    }
    return this.letter(code(sign));
  }

  private letter(letter: number): Node {
    return { ranges: this.flags.has("i") ? folded([[letter, letter]]) : [[letter, letter]] };
  }

  private escape(): Node {
    const sign = this.sign();
    this.at += 1;
    if ("xuU".includes(sign)) return this.letter(this.hex(sign));
    const named = PERL[sign.toLowerCase()];
    if (named) {
      const ranges = NAMED[named] ?? [];
      return { ranges: sign === sign.toLowerCase() ? ranges : others(ranges) };
    }
    const special = ESCAPES[sign];
    if (special !== undefined) return this.letter(special);
    if (sign === "b") return { look: this.boundary() };
    const look = LOOKS[sign];
    if (look) return { look };
    if (code(sign) < 128 && !/[0-9A-Za-z]/.test(sign)) return this.letter(code(sign));
    throw new Unreadable();
  }

  private boundary(): Look {
    const begun = this.at;
    if (!this.take("{")) return "word";
    this.space();
    // `\b{5}` is a repetition
    if (!/[A-Za-z-]/.test(this.sign())) {
      this.at = begun;
      return "word";
    }
    let name = "";
    while (/[A-Za-z-]/.test(this.signs[this.at] ?? "")) {
      name += this.sign();
      this.at += 1;
      this.space();
    }
    const look = BOUNDARIES[name];
    if (!look || !this.take("}")) throw new Unreadable();
    return look;
  }

  private hex(sign: string): number {
    let digits = "";
    this.space();
    if (this.take("{")) {
      this.space();
      while (!this.take("}")) {
        digits += this.sign();
        this.at += 1;
        this.space();
      }
    } else {
      for (let n = 0; n < (sign === "x" ? 2 : sign === "u" ? 4 : 8); n += 1) {
        this.space();
        digits += this.sign();
        this.at += 1;
      }
    }
    const letter = /^[0-9a-f]+$/i.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
    if (!(letter <= LAST) || (letter >= 0xd800 && letter <= 0xdfff)) throw new Unreadable();
    this.space();
    return letter;
  }

  private letters(): Range[] {
    this.at += 1;
    this.space();
    const not = this.take("^");
    this.space();
    const found: Range[] = [];
    while (this.take("-")) {
      found.push([45, 45]);
      this.space();
    }
    if (found.length === 0 && this.take("]")) found.push([93, 93]);
    for (;;) {
      this.space();
      const sign = this.sign();
      if (sign === "[") {
        found.push(...this.named());
        continue;
      }
      if (sign === "]") {
        this.at += 1;
        const ranges = this.flags.has("i") ? folded(found) : found;
        return not ? others(ranges) : ranges;
      }
      // sets laid over each other are none of the server's either
      if ("&-~".includes(sign) && this.signs[this.at + 1] === sign) throw new Unreadable();
      const first = this.member();
      this.space();
      const behind = this.signs[this.at + 1];
      if (this.sign() !== "-" || behind === "]" || behind === "-") {
        found.push(...first);
        continue;
      }
      this.at += 1;
      this.space();
      const [from, to] = [first, this.member()].map((ranges) => (ranges.length === 1 && ranges[0]?.[0] === ranges[0]?.[1] ? ranges[0]?.[0] : undefined));
      if (from === undefined || to === undefined || from > to) throw new Unreadable();
      found.push([from, to]);
    }
  }

  private member(): Range[] {
    const sign = this.sign();
    this.at += 1;
    if (sign !== "\\") return [[code(sign), code(sign)]];
    const node = this.escape();
    if (!("ranges" in node)) throw new Unreadable();
    return node.ranges;
  }

  /** `[:alpha:]` */
  private named(): Range[] {
    const rest = this.signs.slice(this.at, this.at + 12).join("");
    const parts = /^\[:(\^?)([a-z]+):\]/.exec(rest);
    const ranges = NAMED[parts?.[2] ?? ""];
    if (!parts || !ranges) throw new Unreadable();
    this.at += [...parts[0]].length;
    return parts[1] ? others(ranges) : ranges;
  }
}
