#!/usr/bin/env python3
"""Repeats a draw from its draw.json and says where it is not as written.

    python3 draw.py draw.json

A table is hashed as text: cells with tabs between, each row ended by a line feed. All hashes are SHA-256.
"""
import hashlib, json, sys


def text(rows):
    return "".join("\t".join(row) + "\n" for row in rows).encode()


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def faults(draw):
    found, drawn, strata, order = [], [], [], {}

    def same(part, ours):
        if draw[part] != ours:
            found.append(f"{part}: expected {ours}, found {draw[part]}")

    if any("\t" in c or "\n" in c or "\r" in c for row in draw["plan"] + draw["register"] for c in row):
        found.append("a cell of plan or register holds a tab or a line end")
    numbers = [row[0] for row in draw["register"]]
    if len(numbers) != len(set(numbers)):
        found.append("register: a point stands there twice")
    secret, register = bytes.fromhex(draw["secret"]), sha(text(draw["register"]))
    commitment = sha(secret, text(draw["plan"]), register)
    seed = sha(secret, draw["public_value"].encode(), commitment)
    for _, kind, division, take in (row for row in draw["plan"] if row[0] == "stratum"):
        line = [n for n, k, d, *_ in draw["register"] if (k, d) == (kind, division)]
        line.sort(key=lambda n: sha(seed, "\t".join([kind, division, n]).encode()))
        drawn, rest = drawn + line[:int(take)], line[int(take):]
        strata.append({"kind": kind, "division": division, "drawn": line[:int(take)], "reserves": list(rest)})
        order.update({n: rest for n in line})
    percent = int(next(row[1] for row in draw["plan"] if row[0] == "second"))
    second = sorted(drawn, key=lambda n: sha(seed, f"second\t{n}".encode()))[:-(-len(drawn) * percent // 100)]
    result = [[part, draw[part]] for part in ("public_value", "witness", "drawn_at")]
    result += [[p, s["kind"], s["division"], *s[p]] for s in draw["strata"] for p in ("drawn", "reserves")]
    swaps, way = [[r["out"], r["in"], r["reason"], r["at"]] for r in draw["replacements"]], set(drawn)
    for ours in [("format", "chuangcheng-draw/1"), ("register_hash", register.hex()), ("commitment", commitment.hex()),
                 ("seed", seed.hex()), ("strata", strata), ("second", second),
                 ("result", sha(text(result + [["second", *draw["second"]]])).hex()),
                 ("supplement", sha(draw["result"].encode(), text(swaps)).hex())]:
        same(*ours)
    for out, into, *_ in swaps:
        if out not in way or not order[out] or into != order[out].pop(0):
            found.append(f"replacements: {into} is not the next for {out}")
        way = way - {out} | {into}
    return found


if __name__ == "__main__":
    wrong = faults(json.load(open(sys.argv[1], encoding="utf-8")))
    print("\n".join(wrong) or "The draw is as its secret, plan and register make it.")
    sys.exit(bool(wrong))
