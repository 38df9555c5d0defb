//! The city's 短信平台: how it is spoken to, as the operator wrote it into a file.
//!
//! Every platform has its own form of request, so the file holds one: address, headers and a JSON body or form fields in
//! which `{to}`, `{text}`, `{id}`, `{kind}`, `{template}`, `{city}`, `{about}`, `{link}` and `{arg:NAME}` are put in as values, never as
//! syntax. What counts as taken is told by values that the answer must hold. Platforms that want a signature over the whole
//! request need a small program of their own in between.

use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;
use web::outgoing::Outgoing;
use web::outgoing::client::{agent, reason};

/// Longest wait for a whole exchange.
const WHOLE: Duration = Duration::from_secs(15);
/// Bytes of an answer that are read.
const READ: u64 = 64 * 1024;
/// Characters of the gateway's own words that are kept.
const KEPT: usize = 100;

/// The file of `--sms-gateway`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    pub url: String,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Sent as `application/json`.
    #[serde(default)]
    pub json: Option<Value>,
    /// Sent as `application/x-www-form-urlencoded`.
    #[serde(default)]
    pub form: Option<BTreeMap<String, String>>,
    /// The platform's own templates: kind → what `{template}` becomes. A kind that is missing is not sent when there are any.
    #[serde(default)]
    pub templates: BTreeMap<String, String>,
    /// JSON pointer → values of which the answer must hold one. Without any, a status of 200 to 299 is enough.
    #[serde(default)]
    pub accepted: BTreeMap<String, Vec<Value>>,
    /// JSON pointer to what the platform calls the message.
    #[serde(default)]
    pub message_id: Option<String>,
    /// JSON pointer to why it refused.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Description {
    /// Reads and checks a file; what is wrong with it, in words for the operator, otherwise.
    pub fn parse(text: &str) -> Result<Self, String> {
        let given: Self = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let url = url::Url::parse(&given.url).map_err(|e| format!("url: {e}"))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err("url: http:// or https:// and a host".into());
        }
        if given.json.is_some() == given.form.is_some() {
            return Err("one of json and form says what is sent".into());
        }
        let written = format!("{:?}{:?}", given.json, given.form);
        if !written.contains("{to}") {
            return Err("nothing says where {to}, the number, goes".into());
        }
        if !written.contains("{text}") && !written.contains("{template}") {
            return Err("nothing says where {text} or {template} goes".into());
        }
        if written.contains("{template}") && given.templates.is_empty() {
            return Err("{template} is used, but there are no templates".into());
        }
        let pointers = given.accepted.keys().chain(&given.message_id).chain(&given.reason);
        for pointer in pointers {
            if !pointer.starts_with('/') {
                return Err(format!("{pointer}: a JSON pointer begins with /"));
            }
        }
        for (name, value) in &given.headers {
            let name = ureq::http::HeaderName::from_bytes(name.as_bytes());
            if name.is_err() || ureq::http::HeaderValue::from_str(value).is_err() {
                return Err("headers: a name or a value that HTTP does not know".into());
            }
        }
        Ok(given)
    }
}

/// What is put into the request.
#[derive(Clone, Debug, Default)]
pub struct Outgo {
    pub to: String,
    pub text: String,
    /// The same at every try, by which a platform can know that it is the same.
    pub id: String,
    pub kind: String,
    pub city: String,
    pub about: String,
    pub link: String,
    pub args: Vec<(String, String)>,
}

impl Outgo {
    fn value(&self, name: &str, templates: &BTreeMap<String, String>) -> Option<String> {
        Some(match name {
            "to" => self.to.clone(),
            "text" => self.text.clone(),
            "id" => self.id.clone(),
            "kind" => self.kind.clone(),
            "city" => self.city.clone(),
            "about" => self.about.clone(),
            "link" => self.link.clone(),
            "template" => templates.get(&self.kind)?.clone(),
            _ => {
                let name = name.strip_prefix("arg:")?;
                self.args.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default()
            }
        })
    }

    /// Puts values where their names stand in braces; what is no name stays as it is, and what was put in is not looked at
    /// again.
    fn fill(&self, pattern: &str, templates: &BTreeMap<String, String>) -> String {
        let mut filled = String::with_capacity(pattern.len());
        let mut rest = pattern;
        while let Some(start) = rest.find('{') {
            filled.push_str(&rest[..start]);
            let after = &rest[start + 1..];
            let found = after.find('}').and_then(|end| Some((end, self.value(&after[..end], templates)?)));
            match found {
                Some((end, value)) => {
                    filled.push_str(&value);
                    rest = &after[end + 1..];
                }
                None => {
                    filled.push('{');
                    rest = after;
                }
            }
        }
        filled.push_str(rest);
        filled
    }

    fn fill_json(&self, pattern: &Value, templates: &BTreeMap<String, String>) -> Value {
        match pattern {
            Value::String(text) => Value::String(self.fill(text, templates)),
            Value::Array(items) => items.iter().map(|v| self.fill_json(v, templates)).collect(),
            Value::Object(members) => {
                let filled = members.iter().map(|(n, v)| (n.clone(), self.fill_json(v, templates)));
                Value::Object(filled.collect::<Map<_, _>>())
            }
            other => other.clone(),
        }
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It is the platform's now; what it calls the message.
    Taken(String),
    /// Not taken, and the same request again would not be either; in the platform's words or a code of `sms-why-…`.
    Refused(String),
    /// Nobody knows, or not now: try again.
    Later(String),
}

#[derive(Clone, Debug)]
enum Way {
    Http(Box<Description>, Agent),
    /// Each becomes a file `*.txt`: for demonstrations and tests.
    Folder(PathBuf),
}

/// How messages leave. Kept in the city's memory by [`crate::bring`].
#[derive(Clone, Debug)]
pub struct Gateway(Way);

impl Gateway {
    /// `authorities`: certificates of the operator's own, believed beside the public ones. The address is the operator's, so
    /// it may be one inside.
    pub fn http(description: Description, authorities: Arc<[Vec<u8>]>) -> Self {
        let everywhere = vec![(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0), (IpAddr::V6(Ipv6Addr::UNSPECIFIED), 0)];
        let outgoing = Outgoing { networks: everywhere, authorities };
        Self(Way::Http(Box::new(description), agent(outgoing, WHOLE)))
    }

    pub fn folder(path: impl AsRef<Path>) -> Self {
        Self(Way::Folder(path.as_ref().to_owned()))
    }

    /// Where messages go, for whoever looks after the machine: host, or folder.
    pub fn place(&self) -> String {
        match &self.0 {
            Way::Http(description, _) => url::Url::parse(&description.url)
                .ok()
                .and_then(|url| url.host_str().map(str::to_owned))
                .unwrap_or_default(),
            Way::Folder(path) => path.display().to_string(),
        }
    }

    /// Hands one message over.
    pub fn hand_over(&self, message: &Outgo) -> Reply {
        match &self.0 {
            Way::Http(description, client) => over_http(description, client, message),
            Way::Folder(path) => into_folder(path, message),
        }
    }
}

fn into_folder(path: &Path, message: &Outgo) -> Reply {
    let file = path.join(format!("{}.txt", message.id));
    let written = std::fs::create_dir_all(path)
        .and_then(|()| std::fs::write(file, format!("{}\n{}\n", message.to, message.text)));
    match written {
        Ok(()) => Reply::Taken(message.id.clone()),
        Err(fault) => Reply::Later(fault.to_string()),
    }
}

fn over_http(description: &Description, client: &Agent, message: &Outgo) -> Reply {
    let templates = &description.templates;
    if !templates.is_empty() && !templates.contains_key(&message.kind) {
        return Reply::Refused("no-template".into());
    }
    let mut request = client.post(&description.url);
    for (name, value) in &description.headers {
        request = request.header(name, value);
    }
    let (kind, body) = match (&description.json, &description.form) {
        (Some(json), _) => ("application/json", message.fill_json(json, templates).to_string()),
        (None, form) => {
            let mut body = url::form_urlencoded::Serializer::new(String::new());
            for (name, value) in form.iter().flatten() {
                body.append_pair(name, &message.fill(value, templates));
            }
            ("application/x-www-form-urlencoded", body.finish())
        }
    };
    let mut answer = match request.header("content-type", kind).send(body) {
        Ok(answer) => answer,
        Err(error) => return Reply::Later(reason(&error).into()),
    };
    let status = answer.status().as_u16();
    let text = answer.body_mut().with_config().limit(READ).read_to_string().unwrap_or_default();
    read(description, status, &text)
}

fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(KEPT).collect()
}

/// What an answer means. A platform that is busy (429) or broken (5xx) is asked again.
fn read(description: &Description, status: u16, text: &str) -> Reply {
    let answer: Value = serde_json::from_str(text).unwrap_or(Value::Null);
    let at = |pointer: &Option<String>| {
        pointer.as_ref().and_then(|p| answer.pointer(p)).map(|v| short(&said(v))).unwrap_or_default()
    };
    let because = || {
        let mut words = at(&description.reason);
        if words.is_empty() {
            let _ = write!(words, "HTTP {status}");
        }
        words
    };
    match status {
        429 | 500.. => Reply::Later(format!("HTTP {status}")),
        200..300 => {
            // 0 and "0" are the same to whoever wrote the file
            let holds = |(pointer, wanted): (&String, &Vec<Value>)| {
                answer.pointer(pointer).is_some_and(|v| wanted.iter().any(|w| said(w) == said(v)))
            };
            if description.accepted.iter().all(holds) {
                Reply::Taken(at(&description.message_id))
            } else {
                Reply::Refused(because())
            }
        }
        _ => Reply::Refused(because()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn message() -> Outgo {
        Outgo {
            to: "13800000000".into(),
            text: "您的\"问题\"已结案&{id}".into(),
            id: "620200-7".into(),
            kind: "case-closed".into(),
            city: "嘉峪关市".into(),
            about: "CASE-2026-000001".into(),
            link: "https://wm.example.cn/r/x".into(),
            args: vec![("number".into(), "CASE-2026-000001".into())],
        }
    }

    #[test]
    fn values_are_put_in_and_never_read_as_syntax() {
        let none = BTreeMap::new();
        assert_eq!(
            message().fill("{to}/{text}/{nobody}/{arg:number}/{", &none),
            "13800000000/您的\"问题\"已结案&{id}/{nobody}/CASE-2026-000001/{"
        );
        let json = json!({"to": ["{to}"], "n": 3, "in": {"text": "【{city}】{text}"}});
        assert_eq!(
            message().fill_json(&json, &none),
            json!({"to": ["13800000000"], "n": 3, "in": {"text": "【嘉峪关市】您的\"问题\"已结案&{id}"}})
        );
    }

    #[test]
    fn a_file_that_could_not_work_is_refused_in_words() {
        for (text, says) in [
            ("", "EOF"),
            (r#"{"url": "ftp://x/", "json": {"a": "{to}{text}"}}"#, "http"),
            (r#"{"url": "https://x/"}"#, "json and form"),
            (r#"{"url": "https://x/", "json": {"a": "{text}"}}"#, "{to}"),
            (r#"{"url": "https://x/", "json": {"a": "{to}"}}"#, "{text}"),
            (r#"{"url": "https://x/", "form": {"a": "{to}{template}"}}"#, "no templates"),
            (r#"{"url": "https://x/", "json": {"a": "{to}{text}"}, "reason": "msg"}"#, "pointer"),
            (r#"{"url": "https://x/", "json": {"a": "{to}{text}"}, "headers": {"a b": ""}}"#, "headers"),
            (r#"{"url": "https://x/", "json": {"a": "{to}{text}"}, "colour": "red"}"#, "colour"),
        ] {
            let said = Description::parse(text).unwrap_err();
            assert!(said.contains(says), "{text}: {said}");
        }
    }

    #[test]
    fn answers_are_taken_refused_or_unknown() {
        let text = r#"{"url": "https://x/", "json": {"a": "{to}{text}"}, "accepted": {"/code": [0, "OK"]},
            "message_id": "/data/id", "reason": "/msg"}"#;
        let description = Description::parse(text).unwrap();
        for (status, answer, wanted) in [
            (200, r#"{"code": 0, "data": {"id": 77}}"#, Reply::Taken("77".into())),
            (200, r#"{"code": "0"}"#, Reply::Taken(String::new())),
            (200, r#"{"code": "OK"}"#, Reply::Taken(String::new())),
            (200, r#"{"code": 7, "msg": "欠费"}"#, Reply::Refused("欠费".into())),
            (200, "", Reply::Refused("HTTP 200".into())),
            (400, r#"{"msg": "号码不对"}"#, Reply::Refused("号码不对".into())),
            (302, "", Reply::Refused("HTTP 302".into())),
            (429, "", Reply::Later("HTTP 429".into())),
            (503, r#"{"code": 0}"#, Reply::Later("HTTP 503".into())),
        ] {
            assert_eq!(read(&description, status, answer), wanted, "{status} {answer}");
        }
        let any = Description::parse(r#"{"url": "https://x/", "json": {"a": "{to}{text}"}}"#).unwrap();
        assert_eq!(read(&any, 204, ""), Reply::Taken(String::new()));
    }

    proptest! {
        #[test]
        fn no_answer_and_no_file_makes_it_fall_over(status in 100u16..600, text in ".*", pattern in ".*") {
            let file = r#"{"url": "https://x/", "json": {"a": "{to}{text}"}, "accepted": {"/a/0": [1]}, "reason": "/b"}"#;
            let description = Description::parse(file).unwrap();
            let _ = read(&description, status, &text);
            let _ = Description::parse(&text);
            let _ = message().fill(&pattern, &BTreeMap::new());
        }

        #[test]
        fn what_people_wrote_comes_out_of_the_request_as_it_was(text in "\\PC*") {
            let message = Outgo { text: text.clone(), ..message() };
            let body = message.fill_json(&json!({"t": "{text}"}), &BTreeMap::new()).to_string();
            let back: Value = serde_json::from_str(&body).unwrap();
            prop_assert_eq!(back["t"].as_str(), Some(text.as_str()));
        }
    }
}
