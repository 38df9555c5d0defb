//! What a program, a consent and a sign-in on its way are. No I/O.

use kernel::ctx::Person;
use kernel::id::Id;
use kernel::time::{Instant, MINUTE};
use kernel::workflow::Named;
use store::value::Json;
use store::{coded, record};
use url::Url;

kernel::named! {
    /// 启用 → 停用 → 启用, or 移除 for good.
    pub enum State {
        Active = "active",
        /// Nobody is signed in, and what it was given ends.
        Stopped = "stopped",
        Removed = "removed",
    }
}

kernel::named! {
    /// What a program may learn besides that it is the same person as before.
    pub enum Scope {
        /// 姓名: `name`.
        Profile = "profile",
        /// 单位与角色: `units`, each with the roles held there.
        Units = "units",
    }
}

coded!(State);

/// How long a code holds. RFC 6749 §4.1.2 wants ten minutes at most; a browser needs seconds.
pub const CODE: i64 = MINUTE;
/// How long a token holds.
pub const TOKEN: i64 = 10 * MINUTE;
/// Most programs of a city; most addresses of one; the longest address.
pub const MOST: i64 = 100;
pub const MOST_REDIRECTS: usize = 10;
pub const LONGEST: usize = 500;

record! {
    /// Somebody else's program that signs people in with their account here.
    #[derive(Clone, Debug)]
    pub struct Program in "signon_program" {
        pub id: Id<Program>,
        /// `SP-0001`: what people see, and its `client_id`.
        pub number: String,
        pub name: String,
        /// What it is for, as people are told who are asked.
        pub purpose: String,
        pub redirects: Json<Vec<String>>,
        /// Codes of [`Scope`].
        pub scopes: Json<Vec<String>>,
        /// Whether people are asked the first time. Only for a program of the office itself they are not.
        pub asks: bool,
        /// Empty for a program that cannot keep a secret: on a telephone, in a browser.
        pub secret_hash: String,
        pub state: State,
        pub made_by: Option<Id<Person>>,
        pub made_at: Instant,
        pub last_at: Option<Instant>,
        pub version: i64,
    }
}

impl Program {
    /// What it may learn, of what it asks for.
    pub fn learns(&self, asked: &[Scope]) -> Vec<Scope> {
        let may = |scope: &Scope| self.scopes.0.iter().any(|s| s == Named::code(*scope));
        asked.iter().copied().filter(may).collect()
    }

    /// Whether a browser may be sent back there: exactly one of its addresses (RFC 9700 §2.1), where a program on the
    /// same machine may have any port (RFC 8252 §7.3).
    pub fn takes(&self, redirect: &str) -> bool {
        let portless = |text: &str| {
            let mut url = Url::parse(text).ok()?;
            let here = url.scheme() == "http" && is_loopback(&url);
            (here && url.set_port(None).is_ok()).then(|| url.to_string())
        };
        self.redirects
            .0
            .iter()
            .any(|known| known == redirect || portless(known).is_some_and(|k| Some(k) == portless(redirect)))
    }

    pub fn keeps_secret(&self) -> bool {
        !self.secret_hash.is_empty()
    }
}

/// `127.0.0.1` and `[::1]`; a name may lead elsewhere.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        _ => false,
    }
}

record! {
    /// What a person let a program learn. The row goes when they withdraw it.
    #[derive(Clone, Debug)]
    pub struct Consent in "signon_consent" {
        pub id: Id<Consent>,
        pub program_id: Id<Program>,
        pub person_id: Id<Person>,
        pub scopes: Json<Vec<String>>,
        pub given_at: Instant,
        pub version: i64,
    }
}

record! {
    /// A person on the way into a program.
    #[derive(Clone, Debug)]
    pub struct Entry in "signon_entry" {
        pub id: Id<Entry>,
        pub program_id: Id<Program>,
        pub person_id: Id<Person>,
        pub redirect: String,
        pub scopes: Json<Vec<String>>,
        /// The program's own; empty when it sent none.
        pub nonce: String,
        /// S256 of the word that only the browser's program knows (RFC 7636).
        pub challenge: String,
        pub signed_in_at: Instant,
        pub code_hash: String,
        pub code_until: Instant,
        pub token_hash: Option<String>,
        pub token_until: Option<Instant>,
        pub ended_at: Option<Instant>,
        pub made_at: Instant,
        pub version: i64,
    }
}

/// The scopes among these codes that are known.
pub fn scopes(codes: &[String]) -> Vec<Scope> {
    codes.iter().filter_map(|code| Scope::parse(code)).collect()
}

/// Their codes, for storing.
pub fn codes(scopes: &[Scope]) -> Vec<String> {
    scopes.iter().map(|s| Named::code(*s).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(redirects: &[&str]) -> Program {
        Program {
            id: Id::new(1),
            number: "SP-0001".into(),
            name: "城市大脑".into(),
            purpose: String::new(),
            redirects: Json(redirects.iter().map(|r| (*r).to_owned()).collect()),
            scopes: Json(vec!["profile".into(), "lost".into()]),
            asks: true,
            secret_hash: String::new(),
            state: State::Active,
            made_by: None,
            made_at: Instant(0),
            last_at: None,
            version: 1,
        }
    }

    #[test]
    fn a_browser_goes_back_only_where_the_program_said() {
        let of = program(&["https://brain.example.cn/back?x=1", "http://127.0.0.1:9000/cb"]);
        for right in
            ["https://brain.example.cn/back?x=1", "http://127.0.0.1:9000/cb", "http://127.0.0.1:51234/cb"]
        {
            assert!(of.takes(right), "{right}");
        }
        for wrong in [
            "https://brain.example.cn/back",
            "https://brain.example.cn/back?x=1&y=2",
            "https://brain.example.cn/back?x=1/",
            "https://brain.example.cn:444/back?x=1",
            "http://brain.example.cn/back?x=1",
            "https://brain.example.cn.evil.example/back?x=1",
            "http://127.0.0.1:9000/cb/../other",
            "http://localhost:9000/cb",
            "http://[::1]:9000/cb",
            "javascript:alert(1)",
            "",
        ] {
            assert!(!of.takes(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_program_learns_no_more_than_it_may_and_asked_for() {
        let of = program(&[]);
        assert_eq!(of.learns(&[Scope::Profile, Scope::Units]), [Scope::Profile]);
        assert_eq!(of.learns(&[Scope::Units]), []);
    }
}
