"""A client of Open311 that sends, written from the specification alone: there is none to be had."""

import json
from dataclasses import dataclass, field

import httpx
from lxml import etree


class Refused(Exception):
    """What the server said was wrong: a list of (code, description)."""

    def __init__(self, status: int, errors: list[tuple[int, str]]):
        super().__init__(f"{status}: {errors}")
        self.status, self.errors = status, errors


@dataclass
class Sender:
    root: str
    api_key: str = ""
    format: str = "json"
    headers: dict = field(default_factory=dict)

    def send(self, media=(), **fields) -> dict:
        """POST service request. `attribute` is a dict; `media` are (name, bytes, type)."""
        return self._post("requests", fields, media)[0]

    def update(self, **fields) -> dict:
        """POST service request update, FixMyStreet's extension."""
        return self._post("servicerequestupdates", fields, ())[0]

    def number(self, token: str) -> str:
        return self._rows(httpx.get(f"{self.root}/tokens/{token}.{self.format}"))[0]["service_request_id"]

    def _post(self, resource: str, fields: dict, media) -> list[dict]:
        pairs = {"api_key": self.api_key} if self.api_key else {}
        for name, value in fields.items():
            if isinstance(value, dict):
                pairs |= {f"{name}[{code}]": v for code, v in value.items()}
            else:
                pairs[name] = value
        # a list of parts keeps parts of the same name apart
        files = [("media", part) for part in media] or None
        answer = httpx.post(
            f"{self.root}/{resource}.{self.format}", data=pairs, files=files, headers=self.headers, timeout=60
        )
        return self._rows(answer)

    def _rows(self, answer: httpx.Response) -> list[dict]:
        if self.format == "json":
            rows = json.loads(answer.content)
        else:
            root = etree.fromstring(answer.content)
            rows = [{child.tag: child.text for child in row} for row in root]
        if answer.status_code >= 400:
            raise Refused(answer.status_code, [(int(r["code"]), r["description"]) for r in rows])
        assert answer.status_code in (200, 201), answer.status_code
        return rows
