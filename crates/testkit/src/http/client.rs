//! A browser, or a program with an API key: keeps cookies, sends forms as a browser would.

use super::{Page, TestApp};
use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, header};
use parking_lot::Mutex;
use std::collections::BTreeMap;

/// Somebody who asks. Made by [`TestApp::public`] and [`TestApp::member`].
pub struct Client<'a> {
    app: &'a TestApp,
    cookies: Mutex<BTreeMap<String, String>>,
    key: Option<String>,
    language: &'static str,
    address: Option<String>,
}

/// A file to send: field, name, bytes.
pub type File<'a> = (&'a str, &'a str, &'a [u8]);

impl<'a> Client<'a> {
    pub(super) fn new(app: &'a TestApp, session: Option<String>) -> Self {
        let cookies = session.map(|token| ("session".to_owned(), token)).into_iter().collect();
        Self { app, cookies: Mutex::new(cookies), key: None, language: "zh-CN", address: None }
    }

    /// The same person in English.
    #[must_use]
    pub fn english(mut self) -> Self {
        self.language = "en";
        self
    }

    /// The same person by API key instead of a browser's cookie.
    #[must_use]
    pub fn by_key(mut self) -> Self {
        self.key = self.cookies.lock().remove("session");
        self
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().get(name).cloned()
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().insert(name.to_owned(), value.to_owned());
    }

    /// Says that a proxy saw this address; heeded when the program was told of one.
    #[must_use]
    pub fn from_address(mut self, address: &str) -> Self {
        self.address = Some(address.to_owned());
        self
    }

    pub fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, &[], Body::empty())
    }

    /// As htmx asks, for a part of a page.
    pub fn get_part(&self, path: &str) -> Page {
        self.send(Method::GET, path, &[("hx-request", "true")], Body::empty())
    }

    /// Follows redirects, as a browser does.
    pub fn visit(&self, path: &str) -> Page {
        let mut page = self.get(path);
        for _ in 0..5 {
            match page.location() {
                Some(to) => page = self.get(&to),
                None => break,
            }
        }
        page
    }

    /// Fetches `page`, takes its token and the hidden fields of the form that goes to `action`, and sends the form.
    pub fn submit(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Page {
        let whole = self.whole_form(page, action, fields);
        let pairs: Vec<(&str, &str)> = whole.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.post(action, &pairs)
    }

    /// [`submit`](Self::submit) with files.
    pub fn upload(&self, page: &str, action: &str, fields: &[(&str, &str)], files: &[File<'_>]) -> Page {
        const EDGE: &str = "edge-of-a-part-7d1";
        let mut body = Vec::new();
        for (name, value) in self.whole_form(page, action, fields) {
            let part =
                format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        for (field, name, bytes) in files {
            let head = format!(
                "--{EDGE}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 content-type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={EDGE}");
        self.send(Method::POST, action, &[("content-type", &kind)], Body::from(body))
    }

    fn whole_form(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let page = self.get(page);
        let mut whole = page.hidden_fields(action);
        whole.retain(|(name, _)| !fields.iter().any(|(n, _)| n == name));
        if whole.iter().all(|(name, _)| name != "csrf") {
            whole.push(("csrf".to_owned(), page.csrf()));
        }
        whole.extend(fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
        whole
    }

    /// A form exactly as given, without looking at a page: for forged and broken ones.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let encode = |text: &str| web::ui::encode(text);
        let body =
            fields.iter().map(|(n, v)| format!("{}={}", encode(n), encode(v))).collect::<Vec<_>>().join("&");
        self.send(
            Method::POST,
            path,
            &[("content-type", "application/x-www-form-urlencoded")],
            Body::from(body),
        )
    }

    /// A JSON request.
    pub fn json(&self, method: &Method, path: &str, body: &serde_json::Value) -> Page {
        self.send(method.clone(), path, &[("content-type", "application/json")], Body::from(body.to_string()))
    }

    pub fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Page {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "wm.example.cn");
        request = request.header(header::ACCEPT_LANGUAGE, self.language);
        let cookies: Vec<String> = self.cookies.lock().iter().map(|(n, v)| format!("{n}={v}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if let Some(key) = &self.key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        if let Some(address) = &self.address {
            request = request.header("x-forwarded-for", address);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let page = self.app.send(request.body(body).expect("a request"));
        for set in &page.set_cookies {
            let pair = set.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                if value.is_empty() {
                    self.cookies.lock().remove(name);
                } else {
                    self.cookies.lock().insert(name.to_owned(), value.to_owned());
                }
            }
        }
        page
    }
}
