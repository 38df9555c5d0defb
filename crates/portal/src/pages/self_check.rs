//! 自查: how the program itself keeps to 国办函〔2026〕12号. Each duty with what the program does about it, and every switch
//! that needs a legal reason, with who turned it, why and until when.

use crate::policy::{Act, POLICY, require};
use crate::store::Tally;
use kernel::policy::Standing;
use kernel::problem::{Findings, Problem};
use kernel::time::Date;
use web::error::{Answer, OrFail, page as render, redirect};
use web::switch::{Switch, Turned};
use web::{Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "self_check.html")]
struct SelfCheck {
    ui: Ui,
    /// Codes of the duties; their texts are `duty-<code>` and `.how`.
    duties: &'static [&'static str],
    switches: Vec<(&'static Switch, Turned, bool)>,
    tally: Tally,
    today: Date,
    may_turn: bool,
}

/// The five things such a program must not do, and what it must have.
const DUTIES: &[&str] = &["forms", "points", "forced", "votes", "commerce", "photos", "suggestions"];

pub(crate) async fn page(req: Req) -> Answer {
    let app = req.app.clone();
    let (switches, tally) = req
        .read(move |ctx, tx| {
            require(ctx, Act::SelfCheck)?;
            let mut switches = Vec::new();
            for switch in app.features().iter().flat_map(|f| f.switches) {
                switches.push((*switch, switch.state(tx)?, switch.is_on(tx)?));
            }
            Ok((switches, crate::store::tally(tx)?))
        })
        .await
        .or_fail(&req)?;
    let may_turn = POLICY.may(&req.ctx, Act::TurnSwitch, &Standing::city());
    let today = req.ctx.now.date();
    render(&req, &SelfCheck { ui: req.ui(), duties: DUTIES, switches, tally, today, may_turn })
}

/// Turns a switch: on needs a reason and an end, off needs nothing.
pub(crate) async fn turn(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    let app = req.app.clone();
    let on = form.ticked("on");
    let outcome = req.write(move |ctx, tx| {
        require(ctx, Act::TurnSwitch)?;
        let switch = app.features().iter().flat_map(|f| f.switches).find(|s| s.code == code);
        let switch = switch.ok_or_else(Problem::not_found)?;
        if !on {
            return switch.turn_off(tx, ctx);
        }
        let mut findings = Findings::default();
        let reason = findings.take(form.required("reason", 300)).unwrap_or_default();
        let until = findings.take(form.date("until")).flatten();
        findings.check(until.is_some_and(|d| d >= ctx.now.date()), "until", "not-a-date");
        findings.done()?;
        switch.turn_on(tx, ctx, &reason, until.unwrap_or_else(|| ctx.now.date()))
    });
    outcome.await.or_fail(&req)?;
    Ok(redirect(&req, "/admin/self-check", "switch-turned", ""))
}
