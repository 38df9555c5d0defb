//! Who asks, in which city, when and in which language. Made by authentication, passed to everything.

use crate::id::Id;
use crate::policy::{Grant, Role};
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Mark for ids of people with an account.
#[derive(Debug)]
pub enum Person {}

/// Mark for ids of organisations in the unit tree (单位).
#[derive(Debug)]
pub enum Unit {}

/// The six-digit administrative code that names a city and its database, e.g. `620200`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CityCode(Arc<str>);

impl CityCode {
    /// Six digits ending in `00` or not (counties run campaigns too); anything else is refused, because the code becomes
    /// a folder and a schema name.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit())).then(|| Self(text.into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CityCode {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{text:?} is not a six-digit city code"))
    }
}

impl From<CityCode> for String {
    fn from(code: CityCode) -> Self {
        code.0.to_string()
    }
}

impl std::fmt::Display for CityCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Locale {
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    #[serde(rename = "en")]
    En,
}

impl Locale {
    pub const ALL: [Locale; 2] = [Locale::ZhCn, Locale::En];

    pub fn code(self) -> &'static str {
        match self {
            Locale::ZhCn => "zh-CN",
            Locale::En => "en",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(text))
    }
}

/// A person who has signed in, with what they may do.
#[derive(Clone, Debug)]
pub struct Member {
    pub id: Id<Person>,
    pub name: String,
    /// Own grants and those lent by somebody who is absent.
    pub grants: Vec<Grant>,
}

/// Who acts.
#[derive(Clone, Debug)]
pub enum Actor {
    /// Somebody without an account: a citizen at a public page.
    Public,
    Member(Arc<Member>),
    /// The program itself, named by the job that runs.
    System(&'static str),
}

/// The circumstances of one request or job.
#[derive(Clone, Debug)]
pub struct Ctx {
    pub city: CityCode,
    pub actor: Actor,
    pub now: Instant,
    pub locale: Locale,
    pub request_id: Arc<str>,
}

impl Ctx {
    pub fn system(city: CityCode, name: &'static str, now: Instant) -> Self {
        Self { city, actor: Actor::System(name), now, locale: Locale::ZhCn, request_id: name.into() }
    }

    pub fn public(city: CityCode, now: Instant, locale: Locale, request_id: &str) -> Self {
        Self { city, actor: Actor::Public, now, locale, request_id: request_id.into() }
    }

    pub fn member(&self) -> Option<&Member> {
        match &self.actor {
            Actor::Member(member) => Some(member),
            _ => None,
        }
    }

    pub fn person(&self) -> Option<Id<Person>> {
        self.member().map(|m| m.id)
    }

    /// The person's grants; empty for the public. The system holds none: policies let it pass by name.
    pub fn grants(&self) -> &[Grant] {
        self.member().map_or(&[], |m| &m.grants)
    }

    /// Whether the person holds `role` anywhere. For what is shown in menus only: commands ask the policy.
    pub fn holds(&self, role: Role) -> bool {
        self.grants().iter().any(|g| g.role == role)
    }
}
