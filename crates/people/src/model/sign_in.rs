//! Ways of signing in, and what the city says about them.

use kernel::problem::{FieldError, Findings, Result};

/// Mark for ids of identities at the provider.
#[derive(Debug)]
pub enum Identity {}

/// Mark for ids of passkeys and security keys.
#[derive(Debug)]
pub enum Authenticator {}

kernel::named! {
    /// How a session was opened.
    pub enum How { Password = "password", Provider = "provider" }
}
kernel::named! {
    /// What proved the second step of a session.
    pub enum Proof {
        None = "none",
        /// Six digits of an app.
        Code = "code",
        Recovery = "recovery",
        Authenticator = "authenticator",
        /// The provider asked for it, and the city takes its word.
        Provider = "provider",
    }
}
kernel::named! {
    /// Who may sign in with a password while the provider is on.
    pub enum Passwords {
        Everybody = "everybody",
        /// System administrators only: the door that stays open when the provider does not answer.
        Emergency = "emergency",
    }
}
store::coded!(How, Proof, Passwords);

/// How somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    pub how: How,
    pub proof: Proof,
}

impl Way {
    pub const PASSWORD: Self = Self { how: How::Password, proof: Proof::None };

    pub const fn by(how: How, proof: Proof) -> Self {
        Self { how, proof }
    }
}

/// What the system administrator says of the identity provider.
#[derive(Clone, Debug)]
pub struct ProviderFacts {
    pub issuer: String,
    pub client_id: String,
    /// `None` keeps the secret that is there.
    pub client_secret: Option<String>,
    pub label_zh: String,
    pub label_en: String,
    pub claim: String,
    pub factor_values: String,
    pub switched_on: bool,
    pub passwords: Passwords,
}

impl ProviderFacts {
    /// What can be said without asking the provider.
    pub fn checked(mut self) -> Result<Self> {
        let mut findings = Findings::default();
        let texts = [
            ("provider_issuer", &mut self.issuer, 300),
            ("provider_client", &mut self.client_id, 200),
            ("provider_label_zh", &mut self.label_zh, 30),
            ("provider_label_en", &mut self.label_en, 60),
            ("provider_claim", &mut self.claim, 60),
        ];
        for (field, text, max) in texts {
            *text = text.trim().to_owned();
            findings.check(!text.is_empty(), field, "required");
            if text.chars().count() > max {
                findings.add(FieldError::new(field, "too-long").arg("max", max));
            }
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || "_-.:/".contains(c);
        findings.check(self.claim.chars().all(plain), "provider_claim", "not-a-claim");
        self.factor_values = self.factor_values.split_whitespace().collect::<Vec<_>>().join(" ");
        findings.check(self.factor_values.chars().count() <= 300, "provider_factor", "not-a-claim");
        findings.done()?;
        Ok(self)
    }
}
