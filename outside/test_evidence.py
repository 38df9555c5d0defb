"""材料册: Python's own zipfile, openpyxl and pdftotext read what the program made of a period of evidence."""

import io
import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest


@pytest.fixture(scope="module")
def volume(office):
    """The volume of the demonstration's period, as somebody of the office downloads it."""
    page = office.page("/evidence/periods/EP-0001")
    form = next(f for f in page.forms if (f.action or "").endswith("/bundle"))
    answer = office.http.post(form.action, data={"csrf": form.fields["csrf"]})
    assert answer.headers["content-type"] == "application/zip", answer.text[:500]
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    return archive


def test_names_can_be_unpacked_on_windows(volume):
    names = volume.namelist()
    assert len(names) > 10
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert not re.search(r'[<>:"\\|?*\x00-\x1f]', name), name
        for part in name.split("/"):
            assert part and part == part.rstrip(". "), name
            assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", part), name


def test_the_index_names_every_file(volume):
    book = openpyxl.load_workbook(io.BytesIO(volume.read("材料目录.xlsx")))
    rows = list(book.active.iter_rows(values_only=True))
    head, lines = rows[0], rows[1:]
    at = head.index("文件")
    listed = {line[at] for line in lines}
    inside = {name for name in volume.namelist() if "/" in name and not name.endswith("测评材料提交表.pdf")}
    assert listed == inside
    numbers = {line[head.index("编号")] for line in lines}
    assert numbers and all(re.fullmatch(r"EV-\d{4}-\d{6}", number) for number in numbers)


def test_each_standard_has_its_form(volume, tmp_path):
    if not shutil.which("pdftotext"):
        pytest.skip("poppler-utils is not here: scripts/install test")
    folders = {name.split("/")[0] for name in volume.namelist() if "/" in name}
    for folder in sorted(folders):
        file = tmp_path / "form.pdf"
        file.write_bytes(volume.read(f"{folder}/测评材料提交表.pdf"))
        text = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout
        assert "测评材料提交表" in text.replace("\n", ""), folder
        items = {n for n in re.findall(r"EV-\d{4}-\d{6}", " ".join(volume.namelist())) if f"{folder}/{n}" in " ".join(volume.namelist())}
        assert items and all(number in text for number in items), folder
    (tmp_path / "index.pdf").write_bytes(volume.read("材料目录.pdf"))
    text = subprocess.run(["pdftotext", tmp_path / "index.pdf", "-"], check=True, capture_output=True, text=True).stdout
    assert set(re.findall(r"EV-\d{4}-\d{6}", text)) == set(re.findall(r"EV-\d{4}-\d{6}", " ".join(volume.namelist())))
