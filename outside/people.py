"""People of a city, at their browsers: they open pages, fill in the forms they find there, and press the button."""

from urllib.parse import urlencode, urlsplit

import httpx
import pyotp
from lxml import html

from city import DEMO_PASSWORD, City


class Browser:
    """Pages and forms without script. A form is sent as it stands in the page, with what somebody typed."""

    def __init__(self, city: City, language="zh-CN"):
        self.http = httpx.Client(
            base_url=city.address, headers={"Accept-Language": language}, follow_redirects=True, timeout=60
        )

    def close(self):
        self.http.close()

    def get(self, path: str) -> httpx.Response:
        answer = self.http.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}\n{answer.text[:2000]}"
        return answer

    def page(self, path: str):
        return html.fromstring(self.get(path).content)

    def json(self, path: str, **query):
        return self.get(f"{path}?{urlencode(query)}" if query else path).json()

    def submit(self, page, action: str, files=None, **typed):
        """Sends the form of a page whose address ends with `action`; answers with the page that comes back. A field
        that is given as None is not sent, like a box that was unticked."""
        forms = [f for f in page.forms if urlsplit(f.action or "").path.endswith(action)]
        assert forms, f"no form for {action}; there are {[f.action for f in page.forms]}"
        form = forms[-1]
        fields, names = filled(form), {e.get("name") for e in form.xpath(".//*[@name]")}
        for name, value in typed.items():
            assert name in names, f"the form {action} has no field {name}: {sorted(names)}"
            fields[name] = value
        fields = {name: value for name, value in fields.items() if value is not None}
        if form.get("enctype") == "multipart/form-data":
            parts = [(name, (None, str(value))) for name, value in fields.items()] + list((files or {}).items())
            answer = self.http.post(form.action, files=parts)
        else:
            answer = self.http.post(form.action, data=fields)
        told = html.fromstring(answer.content) if "html" in answer.headers.get("content-type", "") else None
        assert answer.status_code == 200, f"{action}: {answer.status_code} {problems(told)}"
        return told

    def sign_in(self, login: str, password=DEMO_PASSWORD) -> "Browser":
        self.submit(self.page("/sign-in"), "/sign-in", login=login, password=password)
        assert self.http.get("/me").url.path.startswith("/me"), f"{login} could not sign in"
        return self


def filled(form) -> dict[str, str]:
    """What a browser would send of a form as it stands."""
    fields = {}
    for element in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        kind = element.get("type", "text") if element.tag == "input" else element.tag
        if kind in ("file", "submit", "button") or (kind in ("radio", "checkbox") and element.get("checked") is None):
            continue
        if kind == "select":
            options = element.xpath(".//option")
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            value = chosen[0].get("value", chosen[0].text or "") if chosen else ""
        else:
            value = element.text or "" if kind == "textarea" else element.get("value", "")
        fields[element.get("name")] = value
    return fields


def problems(page) -> str:
    """What a page says is wrong."""
    if page is None:
        return ""
    return " ".join(" ".join(p.itertext()) for p in page.xpath("//*[@role='alert' or contains(@class,'field-error')]"))


def first_day(city: City, login: str, password: str, new: str) -> Browser:
    """Somebody's first sign-in: the password that was told once has to be changed."""
    browser = Browser(city)
    told = browser.submit(browser.page("/sign-in"), "/sign-in", login=login, password=password)
    browser.submit(told, "/me/password", old_password=password, new_password=new, new_password_again=new)
    return browser


def with_authenticator(browser: Browser) -> Browser:
    """An administrator's roles rest until the second factor is on."""
    told = browser.submit(browser.page("/me/second-factor"), "/me/second-factor/beginning")
    key = told.xpath("string(//form[@action='/me/second-factor']/preceding::span[contains(@class,'mono')][1])")
    browser.submit(told, "/me/second-factor", factor_code=pyotp.TOTP(key.replace(" ", "")).now())
    return browser


def staff(city: City, login: str, name: str, role: str) -> Browser:
    """A person of a new city: one administrator makes the account, another gives the role on the whole city, the person
    comes in and chooses a password."""
    new = "lantern 47 bicycle"
    if not hasattr(city, "administrators"):
        city.administrators = [
            with_authenticator(first_day(city, who, city.first_passwords[who], f"{new} {at}"))
            for at, who in enumerate(["system-admin", "security-admin"])
        ]
    accounts, roles = city.administrators
    form = accounts.page("/admin/accounts/new")
    unit = next(o.get("value") for o in form.xpath("//select[@name='account_unit']/option") if o.get("value"))
    told = accounts.submit(form, "/admin/accounts", login=login, person_name=name, account_unit=unit)
    once = told.xpath("string(//pre[@id='once'])").strip()
    roles.submit(
        roles.page("/admin/roles/new"), "/admin/roles", grant_person=login, grant_role=role, grant_unit=unit
    )
    return first_day(city, login, once, f"{new} office")


def publish(office: Browser, text: str, source: str):
    """Brings arrangements of holidays into force: the preview, then the button below it. Answers with both pages."""
    preview = office.submit(
        office.page("/admin/calendar"), "/admin/calendar/preview", arrangement=text, arrangement_source=source
    )
    return office.submit(preview, "/admin/calendar/arrangements"), preview
