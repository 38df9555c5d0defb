//! People with roles, without the tables that hold them.

use kernel::ctx::{Actor, CityCode, Ctx, Locale, Member, Unit};
use kernel::id::Id;
use kernel::policy::{Grant, Reach, Role};
use kernel::time::Instant;
use std::sync::Arc;

/// A grant that covers exactly these units; the first is the one it was given on.
pub fn grant(role: Role, units: &[i64]) -> Grant {
    let mut covered: Vec<Id<Unit>> = units.iter().copied().map(Id::new).collect();
    let unit = covered.first().copied().unwrap_or(Id::new(0));
    covered.sort_unstable();
    Grant { role, unit, reach: Reach::Units(covered) }
}

/// A grant on the root.
pub fn whole_city(role: Role) -> Grant {
    Grant { role, unit: Id::new(1), reach: Reach::WholeCity }
}

/// The circumstances of a request by a member with these grants.
pub fn member(city: &CityCode, now: Instant, id: i64, name: &str, grants: Vec<Grant>) -> Ctx {
    let member = Member { id: Id::new(id), name: name.to_owned(), grants };
    Ctx {
        city: city.clone(),
        actor: Actor::Member(Arc::new(member)),
        now,
        locale: Locale::ZhCn,
        request_id: "test".into(),
    }
}
