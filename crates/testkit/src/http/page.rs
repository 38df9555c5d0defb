//! An answer, and what tests ask of it.

use axum::http::{HeaderMap, header};
use axum::response::Response;
use http_body_util::BodyExt;

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub(super) set_cookies: Vec<String>,
}

impl Page {
    pub(super) async fn read(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let set = parts.headers.get_all(header::SET_COOKIE).iter().filter_map(|h| h.to_str().ok());
        Self {
            status: parts.status.as_u16(),
            set_cookies: set.map(str::to_owned).collect(),
            headers: parts.headers,
            bytes: body.collect().await.expect("a whole body").to_bytes().to_vec(),
        }
    }

    /// The body as text; empty when it is none.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }

    pub fn has(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|h| h.to_str().ok()).unwrap_or_default()
    }

    /// Where a redirect leads.
    pub fn location(&self) -> Option<String> {
        (self.status / 100 == 3).then(|| self.header("location").to_owned()).filter(|to| !to.is_empty())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// The page's token.
    pub fn csrf(&self) -> String {
        between(self.text(), "name=\"csrf-token\" content=\"", "\"").unwrap_or_default().to_owned()
    }

    /// Fails unless it has this status, showing what came instead.
    #[expect(clippy::return_self_not_must_use, reason = "it is an assertion first, and what goes on second")]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:?} {}", self.location(), self.text());
        self
    }

    /// Names and values of the hidden fields of the form that is sent to `action`.
    pub fn hidden_fields(&self, action: &str) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for form in self.text().split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            let tag = form.split('>').next().unwrap_or_default();
            if unescape(between(tag, "action=\"", "\"").unwrap_or_default()) != action {
                continue;
            }
            for input in form.split("<input").skip(1) {
                let input = input.split('>').next().unwrap_or_default();
                if !input.contains("type=\"hidden\"") {
                    continue;
                }
                if let Some(name) = between(input, "name=\"", "\"") {
                    let value = between(input, "value=\"", "\"").unwrap_or_default();
                    fields.push((name.to_owned(), unescape(value)));
                }
            }
            break;
        }
        fields
    }

    /// Keys of texts that are missing on the page: they stand there as `⟦key⟧`.
    pub fn missing_texts(&self) -> Vec<&str> {
        self.text().split('⟦').skip(1).filter_map(|rest| rest.split('⟧').next()).collect()
    }
}

/// The path of a route with `1` for everything it leaves open.
pub fn sample_path(route: &str) -> String {
    let segments = route.split('/').map(|s| if s.starts_with('{') { "1" } else { s });
    segments.collect::<Vec<_>>().join("/")
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let from = text.find(start)? + start.len();
    text[from..].find(end).map(|to| &text[from..from + to])
}

fn unescape(text: &str) -> String {
    let pairs = [
        ("&#34;", "\""),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
