"""schemathesis reads the OpenAPI document and tries every operation with what it allows and with what it forbids, as every role:
nothing may fall over, no answer may look otherwise than described, and no door may stand open that is described as closed.

Two of its checks are left out: whether everything that the schema allows is accepted (dates must lie in order, numbers must
exist, units must be active: rules that no schema says) and whether all that it forbids is refused (a query of `?page[]=1` is
ignored, as by every program)."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from people import Browser, with_authenticator

CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    "response_headers_conformance", "ignored_auth", "use_after_free",
]
ROLES = ["office-1", "leader-1", "dispatcher-1", "inspector-1", "unit-chengguan", "system-admin", "security-admin", "auditor"]
# whose roles rest until there is a second factor
ADMINISTRATORS = {"system-admin", "security-admin", "auditor"}


def key_of(city, login: str) -> str:
    browser = Browser(city).sign_in(login)
    try:
        if login in ADMINISTRATORS:
            with_authenticator(browser)
        page = browser.submit(
            browser.page("/me/keys/new"), "/me/keys", key_name="contract", key_scope="admin", key_days="30"
        )
        return re.findall(r"\bcc_\w+", page.text_content())[0]
    finally:
        browser.close()


def tried(city, key: str, examples: int) -> str:
    """What schemathesis says; ends the test when it found anything."""
    program = Path(sys.executable).with_name("schemathesis")
    done = subprocess.run(
        [program, "run", f"{city.address}/api/v1/openapi.json", "-H", f"Authorization: Bearer {key}",
         "--phases", "coverage,fuzzing", "-n", str(examples), "--checks", ",".join(CHECKS), "--seed", "1",
         "--no-color", "--warnings", "off", "--continue-on-failure", "--suppress-health-check", "all",
         "--generation-database", "none", "--request-timeout", "30"],
        cwd=city.folder, capture_output=True, text=True, timeout=900,
    )
    assert done.returncode == 0, done.stdout[-12000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("login", ROLES)
def test_the_program_does_what_its_document_says(own_demo, login):
    said = tried(own_demo, key_of(own_demo, login), 10)
    selected, tested = re.search(r"Selected: (\d+)/(\d+)", said).groups(), int(re.search(r"Tested: (\d+)", said)[1])
    assert selected[0] == selected[1] and tested == int(selected[0]) >= 46, said
    cases = int(re.search(r"(\d+) generated", said)[1])
    print(f"{login}: {tested} operations, {cases} requests")
    assert cases > 10 * tested
