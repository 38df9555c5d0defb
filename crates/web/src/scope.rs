//! What a key may do. A key acts for its owner, and a program seldom needs all that its owner may: so each key is made for
//! something, and this module is the one place that holds it to that.
//!
//! | scope | sees | sends |
//! |---|---|---|
//! | `report` | what everybody sees, and its owner's reports | reports, and words to them |
//! | `read` | all that its owner sees | nothing |
//! | `act` | all that its owner sees | reports, and all the daily work of its owner |
//! | `admin` | all that its owner sees | all that its owner may, administration and the own account included |

use crate::app::App;
use crate::request::Req;
use axum::extract::MatchedPath;
use axum::http::request::Parts;
use kernel::ctx::{Actor, Ctx, Member};
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use std::sync::Arc;
use store::Tx;

kernel::named! {
    /// What a key was made for.
    pub enum Scope {
        /// Other people's apps: send reports, read what is public.
        Report = "report",
        /// Statistics and screens: read all that the owner may, change nothing.
        Read = "read",
        /// A unit's own system: work on cases as the owner does.
        Act = "act",
        /// Everything, accounts and settings too.
        Admin = "admin",
    }
}
store::coded!(Scope);

/// What a request needs of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    See,
    /// See what belongs to the person: the own account, notices, tasks.
    SeeOwn,
    Report,
    Act,
    Administer,
}

/// Whom a key belongs to, and what it was made for.
#[derive(Clone, Debug)]
pub struct Holder {
    pub member: Member,
    pub scope: Scope,
}

impl Scope {
    fn allows(self, need: Need) -> bool {
        match need {
            Need::See => true,
            Need::SeeOwn => self != Scope::Report,
            Need::Report => self != Scope::Read,
            Need::Act => matches!(self, Scope::Act | Scope::Admin),
            Need::Administer => self == Scope::Admin,
        }
    }
}

impl Holder {
    /// The person as far as the key stands for them, or 403. A key for reports lends none of its owner's roles.
    fn acting(mut self, need: Need) -> Result<Member> {
        if !self.scope.allows(need) {
            return Err(
                Problem::new(403, "key-scope").arg("scope", format!("key-scope-{}", self.scope.code()))
            );
        }
        if self.scope == Scope::Report {
            self.member.grants.clear();
        }
        Ok(self.member)
    }
}

/// What is administration when something is sent there: accounts, keys, units, settings, and where the city's data goes.
const ADMINISTRATION: &[&str] = &[
    "/admin",
    "/me",
    "/units",
    "/streets/settings",
    "/ladder/settings",
    "/ladder/numbers",
    "/cases/rules",
    // makes a key
    "/fieldwork/collect",
    "/api/v1/admin",
    "/api/v1/me",
    "/api/v1/webhooks",
    "/api/v1/programs",
];

/// What this request needs: reading is reading, but what is for whoever has signed in ([`crate::Access::SignedIn`]) belongs
/// to the person; of the rest, a route says itself that it takes reports ([`crate::Routes::takes_reports`]).
fn need(app: &App, parts: &Parts) -> Need {
    let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    if !crate::request::unsafe_method(&parts.method) {
        return if app.shows_own(route) { Need::SeeOwn } else { Need::See };
    }
    if app.takes_reports(route) {
        Need::Report
    } else if ADMINISTRATION.iter().any(|below| under(route, below)) {
        Need::Administer
    } else {
        Need::Act
    }
}

fn under(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The member that a key in the `Authorization` header stands for in this request.
pub(crate) fn member(app: &App, parts: &Parts, holder: Holder) -> Result<Member> {
    holder.acting(need(app, parts))
}

impl Req {
    /// The circumstances of whoever holds a key that came in the body, as Open311 sends it. For the transaction that does
    /// the work, so that a report is one transaction. 403 when there is no such key or it may not.
    pub fn ctx_of_key(&self, tx: &mut Tx<'_>, key: &str, need: Need) -> Result<Ctx> {
        let found = self.app.recogniser().by_api_key(tx, key)?;
        let holder = found.ok_or_else(|| Problem::new(403, "api-key-unknown"))?;
        let actor = Actor::Member(Arc::new(holder.acting(need)?));
        Ok(Ctx { actor, ..self.ctx.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scope_allows_what_its_table_says() {
        let table = [
            (Scope::Report, [true, false, true, false, false]),
            (Scope::Read, [true, true, false, false, false]),
            (Scope::Act, [true, true, true, true, false]),
            (Scope::Admin, [true, true, true, true, true]),
        ];
        for (scope, row) in table {
            let needs = [Need::See, Need::SeeOwn, Need::Report, Need::Act, Need::Administer];
            assert_eq!(needs.map(|need| scope.allows(need)), row, "{scope:?}");
        }
    }

    #[test]
    fn folders_are_not_beginnings_of_words() {
        assert!(under("/me/keys", "/me") && under("/admin", "/admin"));
        assert!(!under("/metrics", "/me") && !under("/administration", "/admin"));
    }
}
