//! One program: what it is, what it may learn, who came in.

use super::{learns, list};
use crate::model::{Program, State, scopes};
use crate::policy::{self, Act};
use crate::queries::{self, EntryLine};
use kernel::workflow::Named;
use web::error::{OrFail, page};
use web::parts::{Fact, Mood};
use web::{Answer, Path, Req, Ui};

/// Sign-ins that are shown.
const ENTRIES: i64 = 20;

#[derive(askama::Template)]
#[template(path = "signon/program.html")]
struct ProgramPage {
    ui: Ui,
    standing: (Mood, String),
    facts: Vec<Fact>,
    entries: Vec<(EntryLine, String)>,
    active: bool,
    may_keep: bool,
    may_stop: bool,
    program: Program,
}

fn facts(ui: &Ui, program: &Program, issuer: &str) -> Vec<Fact> {
    let words = |on: bool, key: &str| ui.t(format!("signon-{key}-{}", if on { "yes" } else { "no" }));
    let learns = learns(ui, &scopes(&program.scopes.0));
    let learns =
        if learns.is_empty() { ui.t("signon-learns-nothing") } else { learns.join(&ui.t("signon-between")) };
    vec![
        Fact::new(ui.t("signon-client-id"), program.number.clone()),
        Fact::new(ui.t("signon-issuer"), issuer.to_owned()),
        Fact::new(ui.t("label-signon_purpose"), program.purpose.clone()).wide(),
        Fact::new(ui.t("label-signon_redirects"), program.redirects.0.join(" · ")).wide(),
        Fact::new(ui.t("label-signon_scopes"), learns),
        Fact::new(ui.t("signon-asks"), words(program.asks, "asks")),
        Fact::new(ui.t("signon-secret-kept"), words(program.keeps_secret(), "secret")),
        Fact::new(
            ui.t("signon-column-last"),
            program.last_at.map_or_else(|| ui.t("signon-never"), |at| ui.time(&at)),
        ),
    ]
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let read = req.read(move |_, tx| {
        let program = queries::program(tx, &number)?;
        let entries = queries::entries(tx, program.id, ENTRIES)?;
        Ok((program, entries))
    });
    let (program, entries) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let view = ProgramPage {
        standing: (list::mood(program.state), ui.named("signon-state", program.state.code())),
        facts: facts(&ui, &program, crate::api::issuer(&req.app)),
        active: program.state == State::Active,
        may_keep: policy::may(&req.ctx, Act::Keep),
        may_stop: policy::may(&req.ctx, Act::Stop),
        entries,
        program,
        ui,
    };
    page(&req, &view)
}
