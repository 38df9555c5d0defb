//! 备案: the number under which the program was filed with the cyberspace office, and for which version.

use crate::policy::{Act, require};
use ::store::Tx;
use ::store::settings::Setting;
use kernel::ctx::Ctx;
use kernel::problem::{Findings, Result};
use kernel::time::Date;
use serde::{Deserialize, Serialize};
use web::Form;

/// As somebody of the office entered it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Filing {
    /// Empty while it is not filed.
    pub number: String,
    pub day: Option<Date>,
    /// Where it was filed: 省委网信办.
    pub office: String,
    /// Version of the program that was filed. Another one means filing again.
    pub program: String,
}

pub(crate) const FILING: Setting<Filing> = Setting::new("app-filing", Filing::default);

/// Enters a filing of the program as it runs now; an empty number takes it back.
pub(crate) fn enter(ctx: &Ctx, tx: &mut Tx<'_>, form: &Form) -> Result<()> {
    require(ctx, Act::KeepCheck)?;
    let mut findings = Findings::default();
    let number = findings.take(form.optional("filing_number", 60)).flatten().unwrap_or_default();
    let day = findings.take(form.date("filing_day")).flatten();
    let office = findings.take(form.optional("filing_office", 60)).flatten().unwrap_or_default();
    findings.check(number.is_empty() || day.is_some(), "filing_day", "required");
    findings.check(day.is_none_or(|d| d <= ctx.now.date()), "filing_day", "filing-in-future");
    findings.check(number.is_empty() || !office.is_empty(), "filing_office", "required");
    findings.done()?;
    tx.housekeeping();
    let filing = if number.is_empty() {
        Filing::default()
    } else {
        Filing { number, day, office, program: super::PROGRAM.to_owned() }
    };
    FILING.set(tx, ctx, &filing)
}
