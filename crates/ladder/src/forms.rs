//! What a form or a JSON body says, as moves. The members of a body have the names of the form's fields.

use crate::commands::{self, Draft, Undertaken};
use crate::model::Letter;
use crate::sources::Desk;
use crate::workflow::Step;
use ::store::Tx;
use ::store::files::Quarantined;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::Instant;
use web::Form;

/// One line of the table of what people do with a letter: each is a resource below it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub step: Step,
    pub path: &'static str,
    /// Ending of the address.
    pub resource: &'static str,
    /// As the list of routes names the action.
    pub access: &'static str,
    pub icon: &'static str,
    /// What its form asks; nothing: a button is enough. A field that ends in `?` may be left empty.
    pub fields: &'static [&'static str],
}

macro_rules! rows {
    ($($step:ident $resource:literal $access:literal $icon:literal [$($field:literal),*];)+) => {
        pub const ROWS: &[Row] = &[$(Row {
            step: Step::$step,
            path: concat!("/letters/{code}/", $resource),
            resource: $resource,
            access: concat!("ladder-", $access),
            icon: $icon,
            fields: &[$($field),*],
        }),+];
    };
}

rows! {
    Sign "signature" "sign" "rubber-stamp" [];
    Submit "submission" "submit" "send" ["text", "answer_by?", "meet"];
    Answer "answer" "answer" "message-report" ["text", "photos?"];
    Acknowledge "acknowledgement" "answer" "check" [];
    Hold "talk" "close" "message-2" ["held_at", "minutes", "undertakings"];
    Close "closure" "close" "checks" ["reason?"];
    Carry "next-rung" "close" "arrow-up" ["reason"];
    SendBack "return" "refuse" "arrow-back-up" ["reason"];
    Refuse "refusal" "refuse" "ban" ["reason"];
    Withdraw "withdrawal" "withdraw" "rotate-2" ["reason"];
}

/// The line of a move that people make.
pub fn row(step: Step) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.step == step)
}

/// Rows offered for undertakings.
pub(crate) const UNDERTAKINGS: usize = 6;

fn invalid(error: FieldError) -> Problem {
    Problem::invalid(vec![error])
}

/// Programs write RFC 3339, browsers the local time without an offset.
fn moment(form: &Form, name: &'static str) -> Result<Option<Instant>> {
    match Instant::parse_rfc3339(form.text(name)) {
        Some(at) => Ok(Some(at)),
        None => form.moment(name).map_err(invalid),
    }
}

fn undertaken(form: &Form) -> Result<Vec<Undertaken>> {
    let mut all = Vec::new();
    for n in 1..=UNDERTAKINGS {
        let (text, due) = (form.text(&format!("undertaking_{n}")), form.text(&format!("due_{n}")));
        if text.is_empty() && due.is_empty() {
            continue;
        }
        let due =
            kernel::time::parse_date(due).ok_or_else(|| Problem::field("undertakings", "not-a-date"))?;
        all.push(Undertaken { text: text.to_owned(), due });
    }
    Ok(all)
}

/// Makes the move with what was sent for it; the letter to look at afterwards.
pub(crate) fn perform(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: Id<Letter>,
    step: Step,
    form: &Form,
    photos: &[(Quarantined, String)],
) -> Result<Letter> {
    let why = form.text("reason");
    match step {
        Step::Sign => commands::sign(ctx, tx, desk, id),
        Step::Submit => {
            let draft = Draft {
                text: form.text("text").to_owned(),
                answer_by: moment(form, "answer_by")?,
                meet_at: moment(form, "meet_at")?,
                meet_place: form.text("meet_place").to_owned(),
                meet_whom: form.text("meet_whom").to_owned(),
            };
            commands::submit(ctx, tx, id, &draft)
        }
        Step::Answer => commands::answer(ctx, tx, desk, id, form.text("text"), photos),
        Step::Acknowledge => commands::acknowledge(ctx, tx, desk, id),
        Step::Hold => {
            let at = moment(form, "held_at")?.ok_or_else(|| Problem::field("held_at", "required"))?;
            commands::hold(ctx, tx, id, at, form.text("minutes"), &undertaken(form)?)
        }
        Step::Close => commands::close(ctx, tx, desk, id, why),
        Step::Carry => commands::carry(ctx, tx, desk, id, why),
        Step::SendBack => commands::send_back(ctx, tx, id, why),
        Step::Refuse => commands::refuse(ctx, tx, id, why),
        Step::Withdraw => commands::withdraw(ctx, tx, desk, id, why),
        Step::IssueItself | Step::Lapse => Err(Problem::not_found()),
    }
}

/// The ladder as its form has it. What the form does not show stays as it is.
pub(crate) fn ladder(form: &Form, mut ladder: crate::rules::Ladder) -> Result<crate::rules::Ladder> {
    use crate::model::Rung;
    use crate::rules::{Condition, Manner};
    use kernel::calendar::{Limit, TimeUnit};
    use kernel::workflow::Named;
    ladder.on = form.ticked("on");
    form.text("organ").clone_into(&mut ladder.organ);
    for rung in Rung::ALL {
        let name = |what: &str| format!("{what}_{}", rung.code());
        let to = ladder.form_mut(*rung);
        form.text(&name("prefix")).clone_into(&mut to.prefix);
        to.manner = if form.text(&name("manner")) == "itself" { Manner::Itself } else { Manner::Signed };
        to.answer_within = match form.text(&name("answer")) {
            "" => None,
            days => {
                let days =
                    days.parse().map_err(|_| invalid(FieldError::new(name("answer"), "not-a-number")))?;
                Some(Limit::new(days, TimeUnit::WorkingDay))
            }
        };
    }
    for rule in &mut ladder.rules {
        rule.on = form.ticked(&format!("on_{}", rule.code));
        for (n, condition) in rule.when.iter_mut().enumerate() {
            let name = format!("value_{}_{n}", rule.code);
            let wrong = || invalid(FieldError::new(name.clone(), "not-a-number"));
            let value: u32 = form.text(&name).parse().map_err(|_| wrong())?;
            match condition {
                Condition::Left { percent } | Condition::Late { percent } => *percent = value,
                Condition::Reminders { count } => *count = value,
                Condition::Letters { count, days, of } => {
                    *count = value;
                    *days = form.text(&format!("days_{}_{n}", rule.code)).parse().map_err(|_| wrong())?;
                    *of = match form.text(&format!("of_{}_{n}", rule.code)) {
                        "unit" => crate::rules::Scope::Unit,
                        _ => crate::rules::Scope::Subject,
                    };
                }
            }
        }
    }
    Ok(ladder)
}
