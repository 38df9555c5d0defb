//! What people and programs typed, before anything is believed.

use crate::commands::Draft;
use crate::model::{LONGEST, MOST_REDIRECTS, Program, Scope, is_loopback};
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::workflow::Named;
use url::Url;
use web::Form;
use web::form::Filled;

/// A program as it was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    pub name: String,
    pub purpose: String,
    /// One on a line.
    pub redirects: String,
    pub scopes: Vec<String>,
    pub asks: bool,
    pub keeps_secret: bool,
}

impl Typed {
    pub(crate) fn of(form: &Form) -> Self {
        Self {
            name: form.text("signon_name").to_owned(),
            purpose: form.text("signon_purpose").to_owned(),
            redirects: form.text("signon_redirects").to_owned(),
            scopes: form.all("signon_scopes").map(str::to_owned).collect(),
            asks: !form.ticked("signon_trusted"),
            keeps_secret: !form.ticked("signon_public"),
        }
    }

    pub(crate) fn read(self) -> Result<Draft> {
        let mut findings = Findings::default();
        let mut text = |field: &'static str, text: &str, most: usize| {
            let text = text.trim();
            findings.check(!text.is_empty(), field, "required");
            if text.chars().count() > most {
                findings.add(FieldError::new(field, "too-long").arg("max", most));
            }
            text.to_owned()
        };
        let (name, purpose) =
            (text("signon_name", &self.name, 60), text("signon_purpose", &self.purpose, 200));
        let redirects = redirects(&mut findings, &self.redirects);
        let scopes: Vec<Scope> = self.scopes.iter().filter_map(|code| Scope::parse(code)).collect();
        findings.check(scopes.len() == self.scopes.len(), "signon_scopes", "not-a-choice");
        findings.done()?;
        Ok(Draft { name, purpose, redirects, scopes, asks: self.asks, keeps_secret: self.keeps_secret })
    }
}

fn redirects(findings: &mut Findings, typed: &str) -> Vec<String> {
    const FIELD: &str = "signon_redirects";
    let mut found: Vec<String> = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match redirect(line) {
            Ok(url) if !found.contains(&url) => found.push(url),
            Ok(_) => {}
            Err(code) => findings
                .add(FieldError::new(FIELD, code).arg("address", line.chars().take(80).collect::<String>())),
        }
    }
    findings.check(!typed.trim().is_empty(), FIELD, "required");
    if found.len() > MOST_REDIRECTS {
        findings.add(FieldError::new(FIELD, "signon-many").arg("most", MOST_REDIRECTS));
    }
    found
}

/// An address that people may be sent back to: https, or a program on the person's own machine.
fn redirect(line: &str) -> std::result::Result<String, &'static str> {
    let url = Url::parse(line).map_err(|_| "signon-not-an-address")?;
    let safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    if !safe {
        return Err("signon-not-https");
    }
    if url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err("signon-not-plain");
    }
    // compared letter by letter later on, so it is kept as it was written
    if line.len() > LONGEST || line.contains(char::is_whitespace) {
        Err("signon-not-an-address")
    } else {
        Ok(line.to_owned())
    }
}

/// The form as a program fills it.
pub(crate) fn filled(program: &Program) -> Filled {
    let mut form = Filled::new()
        .set("signon_name", &program.name)
        .set("signon_purpose", &program.purpose)
        .set("signon_redirects", program.redirects.0.join("\n"))
        .set("signon_trusted", if program.asks { "" } else { "1" });
    for scope in &program.scopes.0 {
        form = form.set("signon_scopes", scope);
    }
    form
}

/// The version a form or a body says it has seen.
pub(crate) fn version(text: &str) -> Result<i64> {
    text.parse().map_err(|_| Problem::stale())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(redirects: &str) -> Result<Draft> {
        let typed = Typed {
            name: "城市大脑".into(),
            purpose: "指挥中心".into(),
            redirects: redirects.into(),
            scopes: vec!["profile".into()],
            ..Typed::default()
        };
        typed.read()
    }

    #[test]
    fn addresses_are_https_or_on_ones_own_machine() {
        let good = "https://a.example.cn/cb\n\n http://127.0.0.1/cb \nhttps://a.example.cn/cb";
        assert_eq!(typed(good).unwrap().redirects, ["https://a.example.cn/cb", "http://127.0.0.1/cb"]);
        for (wrong, code) in [
            ("", "required"),
            ("a.example.cn/cb", "signon-not-an-address"),
            ("http://a.example.cn/cb", "signon-not-https"),
            ("http://localhost/cb", "signon-not-https"),
            ("javascript:alert(1)", "signon-not-https"),
            ("https://a.example.cn/cb#x", "signon-not-plain"),
            ("https://u:p@a.example.cn/cb", "signon-not-plain"),
            ("https://a.example.cn/c b", "signon-not-an-address"),
        ] {
            let problem = typed(wrong).unwrap_err();
            assert_eq!(problem.fields[0].code, code, "{wrong}");
        }
        let many: Vec<_> = (0..11).map(|n| format!("https://a.example.cn/{n}")).collect();
        assert_eq!(typed(&many.join("\n")).unwrap_err().fields[0].code, "signon-many");
    }
}
