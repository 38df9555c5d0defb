//! How long something is kept, within what the law allows.

use super::{by, reason};
use crate::model::Set;
use crate::policy::{Act, POLICY};
use crate::queries::in_force;
use crate::store as rows;
use ::store::keep::{Keep, Way};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::{FieldError, Problem, Result};

/// Sets the days of a rule, in whole calendar days. 422 outside the rule's bounds; 409 `keeping-fixed` where nobody may change them, and `stale`
/// when somebody else has set them since `version` (0 while nobody had).
pub fn set_days(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    rule: &'static Keep,
    days: i64,
    why: &str,
    version: Option<i64>,
) -> Result<()> {
    POLICY.require(ctx, Act::Set, &Standing::city(), true)?;
    if matches!(rule.way, Way::Own { .. }) || rule.days.least == rule.days.most {
        return Err(Problem::conflict("keeping-fixed"));
    }
    if !rule.days.allow(days) {
        let (least, most) = (rule.days.least, rule.days.most);
        let error = FieldError::new("days", "out-of-bounds").arg("least", least).arg("most", most);
        return Err(Problem::invalid(vec![error]));
    }
    let why = reason(why)?;
    let before = in_force(tx, rule)?.days;
    let known = rows::set(tx, rule.key)?;
    if version.is_some_and(|seen| seen != known.as_ref().map_or(0, |set| set.version)) {
        return Err(Problem::stale());
    }
    let (set_by, set_at) = (by(ctx), ctx.now);
    match known {
        Some(set) => tx.save(&Set { days, reason: why.clone(), set_by, set_at, ..set })?,
        None => {
            let (id, rule) = (tx.new_id(), rule.key.to_owned());
            tx.insert(&Set { id, rule, days, reason: why.clone(), set_by, set_at, version: 1 })?;
        }
    }
    let event = Event::city("keeping.days-set").with("keep", rule.key).with("before", before);
    tx.record(ctx, event.with("after", days).text(&why))
}
