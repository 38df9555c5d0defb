//! The protocol of `docs/exchange.md` over HTTP: GET for what they have, POST for what we tell.

use super::{Adapter, Batch, Fault, Letter, Sent};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::time::Duration;
use web::outgoing::Outgoing;
use web::outgoing::client::{agent, reason};
use web::ui::encode;

/// Longest wait for a whole exchange.
const WHOLE: Duration = Duration::from_secs(30);
/// Bytes of a page of changes or orders that are read at all.
const READ: u64 = 16 * 1024 * 1024;
/// Characters of an answer to a letter that are kept.
const KEPT: usize = 500;

#[derive(Debug)]
pub struct Http {
    agent: ureq::Agent,
    base: String,
    token: String,
}

impl Http {
    pub fn new(open: Outgoing, base: &str, token: &str) -> Self {
        Self { agent: agent(open, WHOLE), base: base.to_owned(), token: token.to_owned() }
    }

    /// The JSON at a path; none for 404.
    fn get(&self, path: &str) -> Result<Option<Value>, Fault> {
        let mut request =
            self.agent.get(format!("{}/{path}", self.base)).header("accept", "application/json");
        if !self.token.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.token));
        }
        let mut response = request.call().map_err(|e| Fault::new(reason(&e), e))?;
        let status = response.status().as_u16();
        let mut bytes = Vec::new();
        let read = response.body_mut().as_reader().take(READ + 1).read_to_end(&mut bytes);
        match status {
            200 => {}
            404 => return Ok(None),
            300..=399 => return Err(Fault::new("redirect", status)),
            401 | 403 => return Err(Fault::new("credential", status)),
            _ => return Err(Fault::new("status", status)),
        }
        read.map_err(|e| Fault::new("connection", e))?;
        if bytes.len() as u64 > READ {
            return Err(Fault::new("too-large", READ));
        }
        serde_json::from_slice(&bytes).map(Some).map_err(|e| Fault::new("not-json", e))
    }

    fn list(&self, what: &str, after: &str) -> Result<Batch, Fault> {
        let path = format!("{what}?after={}&limit={}", encode(after), crate::model::BATCH);
        let found = self.get(&path)?.ok_or_else(|| Fault::new("status", 404))?;
        let odd = |why: &str| Fault::new("not-as-described", why);
        let items = found.get(what).and_then(Value::as_array).ok_or_else(|| odd(what))?;
        if items.len() > crate::model::BATCH * 10 {
            return Err(odd("too many at once"));
        }
        let more = found.get("more").and_then(Value::as_bool).unwrap_or(false);
        let next = match found.get("next") {
            Some(Value::String(next)) if next.len() <= 200 => next.clone(),
            Some(Value::Number(next)) => next.to_string(),
            // an empty page may leave it out
            None | Some(Value::Null) if items.is_empty() => after.to_owned(),
            _ => return Err(odd("next")),
        };
        if more && next == after {
            return Err(odd("more, but next is where we were"));
        }
        Ok(Batch { items: items.clone(), next, more, ..Batch::default() })
    }
}

impl Adapter for Http {
    fn changes(&self, after: &str) -> Result<Batch, Fault> {
        self.list("changes", after)
    }

    fn orders(&self, after: &str) -> Result<Batch, Fault> {
        self.list("orders", after)
    }

    fn order(&self, number: &str) -> Result<Option<Value>, Fault> {
        self.get(&format!("orders/{}", encode(number)))
    }

    fn send(&self, letter: &Letter<'_>) -> Sent {
        let mut body = letter.body.clone();
        let pictures: Vec<Value> = letter
            .pictures
            .iter()
            .map(|p| {
                json!({
                    "name": p.name,
                    "media_type": "image/jpeg",
                    "sha256": hex::encode(Sha256::digest(&p.bytes)),
                    "content": STANDARD.encode(&p.bytes),
                })
            })
            .collect();
        if let Value::Object(fields) = &mut body {
            fields.insert("photos".to_owned(), Value::Array(pictures));
        }
        let mut request = self
            .agent
            .post(format!("{}/results", self.base))
            .header("content-type", "application/json")
            .header("idempotency-key", letter.id);
        if !self.token.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.token));
        }
        let mut response = match request.send(body.to_string()) {
            Ok(response) => response,
            Err(error) => {
                return Sent { error: Some(reason(&error)), text: error.to_string(), ..Sent::default() };
            }
        };
        let status = response.status().as_u16();
        let retry_after =
            response.headers().get("retry-after").and_then(|h| h.to_str().ok()).map(str::to_owned);
        let mut bytes = Vec::new();
        // the status has come: an answer that breaks off after it still counts
        let _ = response.body_mut().as_reader().take(8 * 1024).read_to_end(&mut bytes);
        let clean = |c: &char| !c.is_control() || *c == '\n';
        let text = String::from_utf8_lossy(&bytes).chars().filter(clean).take(KEPT).collect();
        let error = match status {
            200..300 => None,
            300..=399 => Some("redirect"),
            401 | 403 => Some("credential"),
            _ => Some("status"),
        };
        Sent { status: Some(status), error, text, retry_after }
    }
}
