//! Signing in through the city's identity provider: our side of OpenID Connect (authorisation code with PKCE).
//!
//! [`flow`] is what one browser takes along: state, nonce and PKCE verifier are derived from one word in a signed cookie,
//! so that nothing is written down for whoever merely asks. [`discovery`] is what the provider says of itself, [`exchange`]
//! turns the code it sent into tokens, [`id_token`] decides whether to believe them. Nothing here knows accounts: whom a
//! proven identity belongs to is [`crate::commands::arrive`]'s business.
//!
//! Everything here waits for another machine: it runs beside the async threads and outside any transaction. Addresses are
//! held to what the operator opened ([`web::outgoing::guard`]).

pub mod check;
pub mod discovery;
pub mod exchange;
pub mod flow;
mod http;
pub mod id_token;
mod ring;

pub use check::{Step, check};
pub use discovery::{Known, known};
pub use flow::{Flow, Purpose};

/// What went wrong between us and the provider. `code` names the text `provider-fault-<code>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub code: &'static str,
    /// What the text may name: a status, another issuer. Never a secret.
    pub detail: String,
}

impl Fault {
    pub(crate) fn new(code: &'static str) -> Self {
        Self { code, detail: String::new() }
    }

    pub(crate) fn with(code: &'static str, detail: impl std::fmt::Display) -> Self {
        let detail = detail.to_string();
        let plain = detail.chars().filter(|c| !c.is_control()).take(200).collect();
        Self { code, detail: plain }
    }
}

impl From<Fault> for kernel::problem::Problem {
    fn from(fault: Fault) -> Self {
        Self::new(422, "provider-failed")
            .arg("fault", format!("provider-fault-{}", fault.code))
            .arg("detail", fault.detail)
    }
}

/// What the program is at the provider.
#[derive(Clone)]
pub struct Client {
    pub id: String,
    /// Empty for a client without one, which PKCE alone protects.
    pub secret: String,
    /// Where the provider sends browsers back to.
    pub redirect: String,
}
