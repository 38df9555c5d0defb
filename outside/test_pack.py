"""A score pack of the demonstration: its signature, hashes and figures, worked out here from the file alone; and what the
program says of packs that somebody has touched."""

import base64
import hashlib
import json
from collections import defaultdict
from fractions import Fraction

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

from city import DEMO_PASSWORD, new_city


@pytest.fixture(scope="module")
def site():
    with new_city() as city:
        city.demo(40)
        with city.served():
            with httpx.Client(base_url=city.address, follow_redirects=True, timeout=60) as client:
                page = client.get("/sign-in").text
                csrf = page.split('name="csrf-token" content="')[1].split('"')[0]
                client.post("/sign-in", data={"csrf": csrf, "login": "office-1", "password": DEMO_PASSWORD, "back": "/me"})
                client.csrf = client.get("/assessment/packs").text.split('name="csrf-token" content="')[1].split('"')[0]
                client.city = city
                yield client


@pytest.fixture(scope="module")
def pack(site):
    """Of a scheme with a round, as its page hands it out."""
    answer = site.post("/assessment/schemes/SC-0001/pack", data={"csrf": site.csrf, "by": "AR-000002", "missing": ""})
    assert answer.status_code == 200, answer.text[:500]
    assert answer.headers["content-disposition"].startswith('attachment; filename="PK-')
    return answer.content


def plain(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def sha(value):
    return hashlib.sha256(plain(value)).hexdigest()


def unbase(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_its_signature_is_the_citys(site, pack):
    seal = json.loads(pack)["seal"]
    key = site.get("/api/v1/assessment-packs/key").json()
    assert (seal["kid"], seal["x"], seal["y"]) == (key["kid"], key["x"], key["y"])
    named = {name: key[name] for name in ("crv", "kty", "x", "y")}
    assert unbase(key["kid"]) == hashlib.sha256(plain(named)).digest()
    numbers = [int.from_bytes(unbase(seal[name])) for name in ("x", "y")]
    public = ec.EllipticCurvePublicNumbers(*numbers, ec.SECP256R1()).public_key()
    raw = unbase(seal["signature"])
    signature = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public.verify(signature, plain(seal["hashes"]), ec.ECDSA(SHA256()))


def test_its_parts_are_what_was_signed(pack):
    told = json.loads(pack)
    hashes = told["seal"]["hashes"]
    assert hashes["head"] == sha([told[name] for name in ("format", "version", "number", "city", "made_at", "method")])
    assert hashes["scheme"] == sha(told["scheme"]) and hashes["figures"] == sha(told["figures"])
    for of, found in zip(told["rounds"], hashes["rounds"], strict=True):
        assert found["rows"] == [sha(row) for row in of["rows"]] and len(of["rows"]) == 130
        assert found["head"] == sha({**of, "rows": []})


def mean(values):
    return sum(values, Fraction(0)) / len(values)


def test_its_figures_come_out_here_too(pack):
    told = json.loads(pack)
    (of,) = told["rounds"]
    aside = {verdict["row"] for verdict in of["verdicts"] if not verdict["counts"]}
    squeezed = lambda text: "".join(text.split())
    meant = {(n["kind"], squeezed(n["code"])): n["name"] for n in of["names"] if n["code"]}
    meant |= {(n["kind"], squeezed(n["name"])): n["name"] for n in of["names"]}
    meant |= {(s["kind"], squeezed(s["text"])): s["name"] for s in of["said"] if s["name"]}
    corrected = {correction["row"]: correction["lost"] for correction in of["corrections"]}
    points, streets = defaultdict(list), defaultdict(list)
    for row in of["rows"]:
        if row["row"] in aside:
            continue
        item, part = row["item"], row["sub_item"]
        if not part:
            name = item.rstrip("0123456789")
            item, part = name, item[len(name):]
        lost = Fraction(corrected.get(row["row"], row["lost"]).strip() or "0")
        points[meant.get(("item", squeezed(item)), item), part].append(1 - lost)
        if row["street"].strip():
            streets[meant.get(("street", squeezed(row["street"])), row["street"])].append(1 - lost)
    figures, number = told["figures"], of["number"]
    score = sum((mean(p) for p in points.values()), Fraction(0))
    assert Fraction(figures[f"{number}/score"]) == score
    assert Fraction(figures[f"{number}/rate"]) == score / len(points)
    for (item, part), found in points.items():
        assert Fraction(figures[f"{number}/item/{item}/part/{part}"]) == mean(found)
    for street, found in streets.items():
        assert Fraction(figures[f"{number}/street/{street}/rate"]) == mean(found)
    # a tree is the sum of what stands at its top
    top = [n for n in told["scheme"]["nodes"] if n["parent"] is None and n["kind"] != "veto"]
    assert Fraction(figures["scheme/total/points"]) == sum(Fraction(figures[f"scheme/node/{n['code']}/points"]) for n in top)


def recomputed(site, bytes_, tmp_path, *args):
    file = tmp_path / "pack.json"
    file.write_bytes(bytes_)
    ran = site.city.run("recompute", file, "--json", *args, check=False)
    return ran.returncode, json.loads(ran.stdout) if ran.stdout.startswith("{") else ran.stderr


def test_the_program_agrees_without_a_city(site, pack, tmp_path):
    key = site.get("/api/v1/assessment-packs/key").json()["kid"]
    code, told = recomputed(site, pack, tmp_path, "--kid", key)
    assert code == 0 and told["agrees"] and told["rows"] == 130 and told["figures"] == len(json.loads(pack)["figures"])
    code, told = recomputed(site, pack, tmp_path, "--kid", "somebody-else")
    assert code == 3 and not told["agrees"]


def test_one_byte_of_an_observation_is_named(site, pack, tmp_path):
    told = json.loads(pack)
    (of,) = told["rounds"]
    at, row = next((n, row) for n, row in enumerate(of["rows"]) if row["lost"] == "0.5")
    text = pack.decode()
    # the one digit of this row's deduction, in the file as it is
    start = text.index(f'"row": {row["row"]},')
    place = text.index('"lost": "0.5"', start) + len('"lost": "0.')
    code, found = recomputed(site, (text[:place] + "6" + text[place + 1 :]).encode(), tmp_path)
    assert code == 3 and found["altered"] == [f'{of["number"]}/row/{at + 1}'] and found["signed"]
    names = [differs["figure"] for differs in found["differs"]]
    assert f'{of["number"]}/score' in names and f'{of["number"]}/rate' in names
    assert any(name.startswith(f'{of["number"]}/item/') for name in names), names
    # a figure that somebody wrote over
    score = told["figures"][f'{of["number"]}/score']
    touched = text.replace(f'"{of["number"]}/score": "{score}"', f'"{of["number"]}/score": "99"')
    assert touched != text
    code, found = recomputed(site, touched.encode(), tmp_path)
    assert code == 3 and found["altered"] == ["figures"]
    assert [differs["figure"] for differs in found["differs"]] == [f'{of["number"]}/score']
    # and one who makes the hashes fit as well
    forged = json.loads(touched)
    forged["seal"]["hashes"]["figures"] = sha(forged["figures"])
    code, found = recomputed(site, json.dumps(forged, ensure_ascii=False).encode(), tmp_path)
    assert code == 3 and not found["signed"] and found["altered"] == [] and len(found["differs"]) == 1


@pytest.mark.parametrize("text", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"format": "chuangcheng-score-pack", "version": 2}', b"[" * 100_000])
def test_what_is_no_pack_is_refused_in_words(site, tmp_path, text):
    code, told = recomputed(site, text, tmp_path)
    assert code == 2 and "pack" in told, told
    answer = site.post("/assessment/packs", data={"csrf": site.csrf}, files={"pack_file": ("x.json", text)})
    assert answer.status_code == 422


def test_a_draft_makes_no_pack(site):
    answer = site.post("/assessment/schemes/SC-0001/pack", data={"csrf": site.csrf, "by": "AR-000003"})
    assert answer.status_code == 409
    page = site.post("/assessment/rounds/AR-000001/pack", data={"csrf": site.csrf})
    assert page.status_code == 200 and page.json()["scheme"] is None


def test_the_page_checks_it_too(site, pack):
    page = site.post("/assessment/packs", data={"csrf": site.csrf}, files={"pack_file": ("pack.json", pack)})
    assert page.status_code == 200 and "全部数字与重新计算的一致" in page.text
