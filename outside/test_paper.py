"""The code on a printed form, read by zbar: a program that has nothing of ours."""

import re
import shutil
import subprocess

import pytest


@pytest.fixture(scope="module")
def forms(office, tmp_path_factory):
    """A PDF of three forms, as somebody of the office downloads it."""
    if not (shutil.which("zbarimg") and shutil.which("pdftoppm")):
        pytest.skip("zbar-tools and poppler-utils are not here: scripts/install test")
    page = office.submit(office.page("/paper"), "/paper/batches", paper_place="胜利街道", paper_amount="3")
    form = next(f for f in page.forms if (f.action or "").endswith("/pdf"))
    answer = office.http.post(form.action, data={"csrf": form.fields["csrf"]})
    assert answer.headers["content-type"] == "application/pdf", answer.text[:500]
    folder = tmp_path_factory.mktemp("forms")
    (folder / "forms.pdf").write_bytes(answer.content)
    return folder


def test_zbar_reads_every_code(forms):
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", forms / "forms.pdf", forms / "form"], check=True)
    pictures = sorted(forms.glob("form-*.png"))
    assert len(pictures) == 3
    words = set()
    for picture in pictures:
        read = subprocess.run(["zbarimg", "--quiet", "--raw", picture], check=True, capture_output=True, text=True)
        (word,) = read.stdout.split()
        assert re.fullmatch(r"CC1\.[a-z0-9]+", word), word
        words.add(word)
    assert len(words) == 3, "each form has a word of its own"


def test_the_pdf_says_what_people_read(forms):
    text = subprocess.run(["pdftotext", "-layout", forms / "forms.pdf", "-"], check=True, capture_output=True, text=True).stdout
    for said in ["胜利街道", "只选一项", "其他问题", "个人信息", "回执"]:
        assert said in text, said
    assert len(set(re.findall(r"PF-\d{4}-\d{6}", text))) == 3
