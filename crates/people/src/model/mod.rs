//! What the parts of this area are and what always holds for them. No I/O.

mod attempts;
mod facts;
mod path;
mod sign_in;

pub use attempts::{Attempts, Limit};
pub use facts::{Contact, PersonFacts, UnitFacts, reachable};
pub use path::Path;
pub use sign_in::{Authenticator, How, Identity, Passwords, Proof, ProviderFacts, Way};

use kernel::ctx::{Person, Unit};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::time::Date;

/// Mark for ids of sessions.
#[derive(Debug)]
pub enum Session {}

/// Mark for ids of API keys.
#[derive(Debug)]
pub enum ApiKey {}

/// Mark for ids of grants.
#[derive(Debug)]
pub enum RoleGrant {}

/// Mark for ids of delegations.
#[derive(Debug)]
pub enum Delegation {}

/// Mark for ids of consents.
#[derive(Debug)]
pub enum Consent {}

pub type UnitId = Id<Unit>;
pub type PersonId = Id<Person>;

kernel::named! { pub enum UnitState { Active = "active", Closed = "closed", Merged = "merged" } }
kernel::named! { pub enum UnitMove { Close = "close", Reopen = "reopen", Merge = "merge" } }
kernel::named! { pub enum AccountState { Active = "active", Locked = "locked", Closed = "closed" } }
kernel::named! { pub enum AccountMove { Lock = "lock", Unlock = "unlock", Close = "close", Reopen = "reopen" } }
kernel::named! {
    /// How far a person's second factor is: not used, shown but not yet proved, in use.
    pub enum Factor { Off = "off", Pending = "pending", On = "on" }
}
kernel::named! {
    /// How far a session is: its second factor is still owed, or it counts.
    pub enum Step { Factor = "factor", Whole = "whole" }
}
kernel::named! {
    /// What a consent is for.
    pub enum Purpose { Privacy = "privacy", Contact = "contact", Photo = "photo", Publish = "publish", Sensitive = "sensitive" }
}
store::coded!(UnitState, AccountState, Factor, Step, Purpose);

/// The three powers that watch each other (三员分立): nobody holds two of them.
pub const ADMINISTRATORS: [Role; 3] = [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];

pub fn is_administrator(role: Role) -> bool {
    ADMINISTRATORS.contains(&role)
}

/// Whether two of the three powers would be in one hand.
pub fn collide(a: Role, b: Role) -> bool {
    a != b && is_administrator(a) && is_administrator(b)
}

/// The days on which something holds, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub from: Date,
    pub until: Option<Date>,
}

impl Days {
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    pub fn overlaps(&self, other: &Days) -> bool {
        self.until.is_none_or(|until| other.from <= until)
            && other.until.is_none_or(|until| self.from <= until)
    }
}

/// A login as it is stored: lower case letters, digits, `.`, `-`, `_`, from 3 to 40 of them, beginning with a letter.
pub fn login(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let fits = (3..=40).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c));
    // `new` is an address of its own below /admin/accounts
    (fits && text != "new").then_some(text)
}

/// The number of a unit as people see it.
pub fn unit_code(number: i64) -> String {
    format!("U-{number:04}")
}

/// The number in a code of ours; nothing for anything else, `U-12` included.
pub fn unit_number(code: &str) -> Option<i64> {
    let number = code.strip_prefix("U-")?.parse().ok().filter(|number| *number > 0)?;
    (unit_code(number) == code).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::time::parse_date;

    #[test]
    fn logins_are_plain() {
        assert_eq!(login(" Wang.XM "), Some("wang.xm".to_owned()));
        for bad in ["ab", "1abc", "王晓梅", "a b c", "new", "a/b/c"] {
            assert_eq!(login(bad), None, "{bad}");
        }
    }

    #[test]
    fn codes_of_units_are_told_from_others() {
        for number in [1, 12, 9999, 10_000] {
            assert_eq!(unit_number(&unit_code(number)), Some(number));
        }
        for other in ["", "U-", "U-12", "U-00012", "U-0000", "U--001", "12", "W-0012", "U-0012 "] {
            assert_eq!(unit_number(other), None, "{other}");
        }
    }

    #[test]
    fn days_overlap_where_they_share_one() {
        let days = |from: &str, until: Option<&str>| Days {
            from: parse_date(from).unwrap(),
            until: until.and_then(parse_date),
        };
        let march = days("2026-03-01", Some("2026-03-31"));
        assert!(march.overlaps(&days("2026-03-31", None)));
        assert!(!march.overlaps(&days("2026-04-01", None)));
        assert!(days("2026-01-01", None).overlaps(&march));
        assert!(march.holds_on(parse_date("2026-03-31").unwrap()));
        assert!(!march.holds_on(parse_date("2026-04-01").unwrap()));
    }

    #[test]
    fn the_three_powers_exclude_each_other() {
        assert!(collide(Role::SystemAdmin, Role::Auditor));
        assert!(!collide(Role::Auditor, Role::Auditor));
        assert!(!collide(Role::Auditor, Role::Office));
    }
}
