"""Checklists as others read them: pyxform makes a form of every workbook, ODK Validate takes that form and our own."""

import json
import subprocess
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from pyxform.validators.odk_validate import check_xform
from pyxform.xls2xform import convert

ROOT = Path(__file__).parent.parent
XFORMS = {"x": "http://www.w3.org/2002/xforms", "h": "http://www.w3.org/1999/xhtml"}
SAMPLES = ["market", "bus"]


def export(*args) -> subprocess.CompletedProcess:
    command = ["cargo", "run", "--quiet", "--package", "checklist", "--example", "export", "--", *map(str, args)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Both samples as workbook, form and JSON."""
    folder = tmp_path_factory.mktemp("checklists")
    done = export(folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module", params=SAMPLES)
def converted(request, folder):
    """A sample and the form that pyxform makes of its workbook, found valid by ODK Validate."""
    result = convert(xlsform=str(folder / f"{request.param}.xlsx"), validate=True)
    return request.param, result


def parsed(text: str):
    return etree.fromstring(text.encode())


def binds(form) -> dict:
    """Path → kind and conditions, without white space and without what only words say."""
    names = ["type", "relevant", "constraint", "required", "calculate"]
    found = {}
    for bind in form.findall(".//x:bind", XFORMS):
        path = bind.get("nodeset").replace("orx:", "")
        found[path] = {name: "".join(bind.get(name, "").split()) for name in names}
    return found


def test_pyxform_makes_a_valid_form_of_the_workbook(converted):
    name, result = converted
    # advice on the size of pictures is the only thing it has to say
    warnings = [warning for warning in result.warnings if "max-pixels" not in warning]
    assert warnings == [], name


def test_our_own_form_is_valid(folder):
    for name in SAMPLES:
        warnings = check_xform(str(folder / f"{name}.xml"))
        assert warnings == [], name


def test_our_form_asks_what_pyxforms_form_asks(converted, folder):
    """The same elements with the same kinds and conditions, whoever made the form."""
    name, result = converted
    ours, theirs = binds(parsed((folder / f"{name}.xml").read_text())), binds(parsed(result.xform))
    # of begin and end, which our form notes of itself, the workbook says nothing
    for moment in ["timeStart", "timeEnd"]:
        assert ours.pop(f"/data/meta/{moment}")["type"] == "dateTime"
    # both sides name every question; a section or repeat has a bind only where it has a condition
    assert set(ours) == set(theirs)
    for path, bind in ours.items():
        # a further picture asks for the one before it, with us by its neighbour's name, there by its path
        if bind["relevant"].startswith("../order_photo"):
            bind["relevant"] = "/data/order/" + bind["relevant"].removeprefix("../")
        assert bind == theirs[path], path


def test_both_forms_show_the_same_words(converted, folder):
    name, result = converted
    ours, theirs = parsed((folder / f"{name}.xml").read_text()), parsed(result.xform)
    for language in ["中文 (zh)", "English (en)"]:
        words = []
        for form in [ours, theirs]:
            texts = form.findall(f".//x:translation[@lang='{language}']/x:text", XFORMS)
            labels = [t for t in texts if t.get("id").startswith("/data") or t.get("id").startswith(f"/{name}")]
            words.append(sorted(v for t in labels for v in t.xpath("x:value/text()", namespaces=XFORMS) if v != "-"))
        assert words[0] == words[1], language


def test_a_broken_form_is_not_valid(folder, tmp_path):
    """ODK Validate looks: a calculation with a function that is not there is found."""
    form = (folder / "bus.xml").read_text().replace("calculate=\"sum(/data", "calculate=\"nobody(/data")
    assert "nobody(" in form
    broken = tmp_path / "broken.xml"
    broken.write_text(form)
    with pytest.raises(Exception, match="nobody"):
        check_xform(str(broken))


def test_a_workbook_that_was_saved_by_another_program_is_read(folder, tmp_path):
    """openpyxl writes the workbook anew, with a question more; what comes out has it."""
    book = openpyxl.load_workbook(folder / "bus.xlsx")
    survey = book["survey"]
    headers = {cell.value: cell.column for cell in survey[1]}
    row = survey.max_row + 1
    for header, value in {"type": "integer", "name": "riders", "label::中文 (zh)": "车上人数",
                          "label::English (en)": "People on board", "required": True}.items():
        survey.cell(row, headers[header], value)
    book.save(tmp_path / "bus.xlsx")
    out = tmp_path / "out"
    done = export(out, tmp_path / "bus.xlsx")
    assert done.returncode == 0, done.stderr
    before = json.loads((folder / "bus.json").read_text())
    after = json.loads((out / "bus.json").read_text())
    assert after["items"][:-1] == before["items"]
    assert after["items"][-1] == {
        "item": "question", "name": "riders", "label": {"zh": "车上人数", "en": "People on board"},
        "kind": "count", "required": True,
    }
    check_xform(str(out / "bus.xml"))
