//! JSON from the provider, with a limit to how much and how long.

use super::Fault;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::io::Read;
use std::time::Duration;
use web::outgoing::Outgoing;
use web::outgoing::client::{agent, reason};

/// Longest wait for one answer: a person is waiting.
const WHOLE: Duration = Duration::from_secs(10);
/// Bytes of an answer that are read at all.
const READ: u64 = 512 * 1024;

#[derive(Clone)]
pub(super) struct Http(ureq::Agent);

type Response = ureq::http::Response<ureq::Body>;

impl Http {
    pub(super) fn new(outgoing: &Outgoing) -> Self {
        Self(agent(outgoing.clone(), WHOLE))
    }

    /// Reads a document; `bearer`: the token that opens it.
    pub(super) fn get<T: DeserializeOwned>(&self, url: &str, bearer: Option<&str>) -> Result<T, Fault> {
        let mut request = self.0.get(url).header("accept", "application/json");
        if let Some(token) = bearer {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut response = request.call().map_err(|e| Fault::with(reason(&e), url))?;
        let status = response.status().as_u16();
        if status != 200 {
            return Err(Fault::with("status", format!("{url}: {status}")));
        }
        serde_json::from_slice(&body(&mut response)).map_err(|_| Fault::with("not-json", url))
    }

    /// Sends a form, and answers with the status and whatever JSON came back.
    pub(super) fn post(
        &self,
        url: &str,
        authorization: Option<&str>,
        fields: &[(&str, &str)],
    ) -> Result<(u16, Value), Fault> {
        let mut request = self.0.post(url).header("accept", "application/json");
        if let Some(value) = authorization {
            request = request.header("authorization", value);
        }
        let mut response =
            request.send_form(fields.iter().copied()).map_err(|e| Fault::with(reason(&e), url))?;
        let status = response.status().as_u16();
        Ok((status, serde_json::from_slice(&body(&mut response)).unwrap_or(Value::Null)))
    }
}

fn body(response: &mut Response) -> Vec<u8> {
    let mut bytes = Vec::new();
    // what breaks off is no JSON, and is told as that
    let _ = response.body_mut().as_reader().take(READ).read_to_end(&mut bytes);
    bytes
}
