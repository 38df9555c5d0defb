/** Alters a city's database behind the program's back, with whatever this machine has to do so. */
import { join } from "node:path";
import { spawnSync } from "node:child_process";

const PYTHON = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.executescript(sys.stdin.read())
db.commit()
`;

const ways = [
  { name: "node:sqlite", able: () => import("node:sqlite").then(() => true, () => false), run: runInNode },
  { name: "sqlite3", able: () => works("sqlite3", ["--version"]), run: (file, sql) => piped("sqlite3", ["-bail", file], sql) },
  { name: "python3", able: () => works("python3", ["-c", "import sqlite3"]), run: (file, sql) => piped("python3", ["-c", PYTHON, file], sql) },
];

const works = (program, args) => spawnSync(program, args).status === 0;

function piped(program, args, input) {
  const done = spawnSync(program, args, { input, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${program}: ${done.stderr}`);
}

async function runInNode(file, sql) {
  const { DatabaseSync } = await import("node:sqlite");
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

/** `(file, sql) => …`, or nothing when this machine has no way. */
export async function tamperer() {
  for (const way of ways) if (await way.able()) return way.run;
  return undefined;
}

const ROWS = `
import sqlite3, sys, json
db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
db.row_factory = sqlite3.Row
print(json.dumps([dict(row) for row in db.execute(sys.stdin.read())]))
`;

/** What stands in a city's database: the rows of a query, read beside the program. */
export function rowsOf(city, sql) {
  const done = spawnSync("python3", ["-c", ROWS, join(city.data, "620200", "city.db")], { input: sql, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`python3: ${done.stderr}`);
  return JSON.parse(done.stdout);
}
