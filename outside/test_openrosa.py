"""The door of ODK's programs: a client written from the specification fetches forms, ODK Validate takes them, JavaRosa (the engine
of ODK Collect) fills one in, photos are sent twice, and zbar reads the code that Collect is set up by."""

import base64
import io
import json
import re
import shutil
import subprocess
import time
import uuid
import zlib
from datetime import datetime, timedelta

import pytest
import requests
from lxml import etree, html
from PIL import Image, ImageDraw
from pyxform.validators.odk_validate import check_xform

from javarosa import Form
from people import Browser

LIST = "{http://openrosa.org/xforms/xformsList}"
RESPONSE = "{http://openrosa.org/http/response}"
NUMBER = r"FR-\d{4}-\d{6}"
PARTS = "xml_submission_file"


@pytest.fixture(scope="module")
def inspector(demo):
    browser = Browser(demo).sign_in("inspector-1")
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def code(inspector):
    """The page with a new key and its code."""
    return inspector.submit(inspector.page("/fieldwork/collect"), "/fieldwork/collect", key_days="30")


@pytest.fixture(scope="module")
def settings(code, tmp_path_factory):
    """What zbar reads from the code, unpacked as Collect unpacks it."""
    if not shutil.which("zbarimg"):
        pytest.skip("zbar-tools are not here: scripts/install test")
    (svg,) = code.xpath("//div[@role='img']/*[local-name()='svg']")
    side = int(svg.get("width"))
    picture = Image.new("L", (side, side), 255)
    draw = ImageDraw.Draw(picture)
    path = svg.xpath(".//*[local-name()='path']/@d")[0]
    squares = re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", path)
    assert len(squares) > 400, path[:200]
    for left, top, wide, high in (map(int, square) for square in squares):
        draw.rectangle([left, top, left + wide - 1, top + high - 1], fill=0)
    file = tmp_path_factory.mktemp("code") / "code.png"
    picture.save(file)
    read = subprocess.run(["zbarimg", "--quiet", "--raw", file], check=True, capture_output=True, text=True)
    return json.loads(zlib.decompress(base64.b64decode(read.stdout.strip(), validate=True)))


@pytest.fixture(scope="module")
def collect(code):
    """A session as Collect has it."""
    session = requests.Session()
    session.auth = ("inspector-1", code.xpath("//*[@id='once']")[0].text_content())
    session.headers["X-OpenRosa-Version"] = "1.0"
    return session


@pytest.fixture(scope="module")
def forms(demo, collect):
    answer = collect.get(f"{demo.address}/openrosa/formList")
    assert answer.status_code == 200 and answer.headers["X-OpenRosa-Version"] == "1.0", answer.text
    assert answer.headers["Content-Type"].startswith("text/xml") and answer.headers["Date"]
    return etree.fromstring(answer.content).findall(f"{LIST}xform")


def of(forms, name: str):
    return next(f for f in forms if f.findtext(f"{LIST}formID") == name)


def picture(when: datetime, place: tuple[float, float]) -> bytes:
    """A photo with what its camera says of time and place."""
    notes = Image.Exif()
    notes.get_ifd(0x8769)[0x9003] = when.strftime("%Y:%m:%d %H:%M:%S")
    angle = lambda degrees: (float(int(degrees)), float(int(degrees * 60 % 60)), degrees * 3600 % 60)
    notes.get_ifd(0x8825).update({1: "N", 2: angle(place[1]), 3: "E", 4: angle(place[0])})
    out = io.BytesIO()
    Image.effect_noise((320, 240), 80).convert("RGB").save(out, "JPEG", exif=notes)
    return out.getvalue()


def told(answer, nature: str) -> str:
    message = etree.fromstring(answer.content).find(f"{RESPONSE}message")
    assert message.get("nature") == nature, answer.text
    return message.text


def test_zbar_reads_the_settings_of_collect(demo, settings, collect):
    general = settings["general"]
    assert (general["server_url"], general["username"]) == (f"{demo.address}/openrosa", "inspector-1")
    assert (general["password"], settings["admin"]) == (collect.auth[1], {})
    answer = requests.get(f"{general['server_url']}/formList", auth=(general["username"], general["password"]))
    assert answer.status_code == 200


def test_without_a_key_nothing_is_told(demo, inspector):
    for auth in [None, ("inspector-1", "cc_wrong"), ("inspector-1", "yanshi-2026-Jiayuguan")]:
        answer = requests.get(f"{demo.address}/openrosa/formList", auth=auth)
        assert answer.status_code == 401 and answer.headers["WWW-Authenticate"].startswith("Basic")
        assert told(answer, "submit_error")


def test_every_form_is_valid(collect, forms, tmp_path):
    assert forms, "the inspector has no open points"
    for form in forms:
        name = form.findtext(f"{LIST}formID")
        text = collect.get(form.findtext(f"{LIST}downloadUrl"))
        assert text.status_code == 200
        file = tmp_path / f"{name}.xml"
        file.write_bytes(text.content)
        assert check_xform(str(file)) == [], name
        manifest = collect.get(form.findtext(f"{LIST}manifestUrl"))
        assert manifest.status_code == 200 and b"<manifest" in manifest.content
        narrowed = collect.get(form.findtext(f"{LIST}downloadUrl").split("/forms/")[0] + f"/formList?formID={name}")
        assert len(etree.fromstring(narrowed.content)) == 1


def test_javarosa_fills_a_form_in_and_photos_come_twice(demo, collect, forms, inspector):
    form = of(forms, "general")
    xml = collect.get(form.findtext(f"{LIST}downloadUrl")).text
    visit = re.search(r">(v\d+)<", xml).group(1)
    point = re.search(r"/fieldwork/visits/" + visit[1:] + r"\b", inspector.get("/fieldwork").text)
    assert point, "the form offers what is not among the inspector's own points"
    answers = {"visited_point": visit, "clean": "unmet", "orderly": "met", "way": "met", "picture": "a.jpg", "notices": 3, "staff": "met"}
    filled = Form(xml)
    asked = filled.fill(lambda path: answers.get(path.rsplit("/", 1)[1]))
    assert asked[0].endswith("/visited_point")
    sent = filled.sent()
    # JavaRosa itself writes the moments and the name of the sending
    assert re.search(r"timeStart>20\d\d-", sent) and re.search(r"timeEnd>20\d\d-", sent) and "instanceID>uuid:" in sent

    head = collect.head(f"{demo.address}/openrosa/submission")
    assert head.status_code == 204 and int(head.headers["X-OpenRosa-Accept-Content-Length"]) > 1_000_000

    def post(files):
        parts = [(PARTS, ("submission.xml", sent.encode(), "text/xml")), *files]
        return collect.post(f"{demo.address}/openrosa/submission", files=parts)

    # far away, and two hours before
    when = datetime.now(tz=None) - timedelta(hours=2)
    photo = ("a.jpg", ("a.jpg", picture(when, (98.0, 39.0)), "image/jpeg"))
    numbers = set()
    for files in ([("*isIncomplete*", (None, "yes"))], [photo], [photo]):
        answer = post(files)
        assert answer.status_code == 201, answer.text
        numbers.add(re.search(NUMBER, told(answer, "submit_success")).group(0))
    assert len(numbers) == 1, numbers
    number = numbers.pop()
    for _ in range(60):
        record = inspector.get(f"/fieldwork/records/{number}").text
        if "/fieldwork/photos/" in record:
            break
        time.sleep(0.5)
    shown = html.fromstring(record)
    assert len({a for a in shown.xpath("//main//a/@href") if a.startswith("/fieldwork/photos/")}) == 1
    text = shown.text_content()
    assert "ODK 类程序" in text
    metres = [int(found.replace(",", "")) for found in re.findall(r"([\d,]+) 米", text)]
    minutes = [int(found.replace(",", "")) for found in re.findall(r"相差 ([\d,]+) 分钟", text)]
    assert max(metres) > 50_000 and minutes, text
    # the visit is done
    again = collect.get(f"{demo.address}/openrosa/formList")
    hashes = {f.findtext(f"{LIST}formID"): f.findtext(f"{LIST}hash") for f in etree.fromstring(again.content)}
    assert hashes.get("general") != form.findtext(f"{LIST}hash")
    # another sending of it is kept
    other = re.sub(r"uuid:[^<]+", f"uuid:{uuid.uuid4()}", sent)
    answer = collect.post(f"{demo.address}/openrosa/submission", files=[(PARTS, ("s.xml", other.encode(), "text/xml"))])
    assert answer.status_code == 202 and number in told(answer, "submit_success")


@pytest.mark.parametrize("broken", ["<data", "<data id='general' version='0'/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", ""])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_cannot_be_read_is_told(demo, collect, broken, language):
    parts = [(PARTS, ("s.xml", broken.encode(), "text/xml"))]
    answer = collect.post(f"{demo.address}/openrosa/submission", files=parts, headers={"Accept-Language": language})
    assert answer.status_code == 400
    words = told(answer, "submit_error")
    assert bool(re.search(r"[\u4e00-\u9fff]", words)) == (language == "zh-CN"), words
    assert answer.headers["Content-Language"] == language[:2]
