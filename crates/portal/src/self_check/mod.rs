//! 自查: how the city's program keeps to 国办函〔2026〕12号. Each duty is a line: what the program does, its switches, figures
//! from the city's own data, and whether somebody should look at it. What is found can be kept, and is then never changed.
//!
//! The rule itself is known to us from public reports only; the lines cite it as a whole, and a city that has the text at hand
//! compares. Read in this order: this file, [`filing`], [`commands`](self), `paper`.

pub(crate) mod filing;
mod paper;

pub(crate) use paper::{paper, switch_text};

use crate::policy::{Act, require};
use crate::store as rows;
use ::store::value::Json;
use ::store::{Event, Tx, record};
use filing::{FILING, Filing};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Date, Instant};
use papers::Document;
use serde::{Deserialize, Serialize};
use web::App;
use web::evidence::Evidence;

/// The duties, in the order of the page; their texts are `duty-<code>` with `.how`, `.todo` and `.source`. The second member
/// says whether the program has the function at all that the duty is about.
const DUTIES: &[(&str, bool)] = &[
    ("forms", true),
    ("points", true),
    ("forced", true),
    ("votes", false),
    ("commerce", true),
    ("photos", true),
    ("filing", true),
    ("suggestions", true),
];

/// What is released is what was filed with 网信: another version means filing again.
pub(crate) const PROGRAM: &str = env!("CARGO_PKG_VERSION");

kernel::named! {
    /// How a line stands.
    pub enum Status {
        Pass = "pass",
        Attention = "attention",
        /// 本系统没有此功能.
        Absent = "absent",
    }
}

impl Status {
    pub(crate) fn mood(self) -> &'static str {
        match self {
            Status::Pass => "done",
            Status::Attention => "late",
            Status::Absent => "paused",
        }
    }
}

/// A switch as it stood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SwitchLine {
    pub code: String,
    pub on: bool,
    pub reason: String,
    pub until: Option<Date>,
    pub by: String,
    pub at: Option<Instant>,
}

/// A duty as it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    pub duty: String,
    /// Code of a [`Status`].
    pub status: String,
    pub evidence: Vec<Evidence>,
    pub switches: Vec<SwitchLine>,
}

impl Line {
    pub(crate) fn status(&self) -> Status {
        <Status as kernel::workflow::Named>::parse(&self.status).unwrap_or(Status::Attention)
    }
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    pub lines: Vec<Line>,
}

impl Report {
    pub(crate) fn count(&self, status: Status) -> usize {
        self.lines.iter().filter(|line| line.status() == status).count()
    }
}

record! {
    /// A self-check that was kept.
    #[derive(Clone, Debug)]
    pub struct Kept in "self_check" {
        pub id: Id<Kept>,
        pub number: i64,
        pub made_at: Instant,
        pub made_by: String,
        /// Version of the program.
        pub program: String,
        pub report: Json<Report>,
        /// The paper, as it was written then.
        pub document: Json<Document>,
        pub version: i64,
    }
}

/// Looks at everything now.
pub(crate) fn look(app: &App, ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Report> {
    require(ctx, Act::SelfCheck)?;
    let mut evidence = own(app, ctx, tx)?;
    // figures are the city's, the same for everybody who may read the report
    let eyes = Ctx::system(ctx.city.clone(), "self-check", ctx.now);
    for count in app.features().iter().filter_map(|f| f.evidence) {
        evidence.extend(count(&eyes, tx)?);
    }
    let mut switches = Vec::new();
    for switch in app.features().iter().flat_map(|f| f.switches) {
        let (state, on) = (switch.state(tx)?, switch.is_on(tx)?);
        switches.push((
            switch.duty,
            SwitchLine {
                code: switch.code.to_owned(),
                on,
                reason: state.reason,
                until: state.until,
                by: state.by,
                at: state.at,
            },
        ));
    }
    let lines = DUTIES.iter().map(|(duty, present)| {
        let evidence: Vec<Evidence> = evidence.iter().filter(|e| e.duty == *duty).cloned().collect();
        let switches: Vec<SwitchLine> =
            switches.iter().filter(|(of, _)| of == duty).map(|(_, line)| line.clone()).collect();
        let status = if switches.iter().any(|s| s.on) || evidence.iter().any(|e| e.attention) {
            Status::Attention
        } else if *present {
            Status::Pass
        } else {
            Status::Absent
        };
        let status = kernel::workflow::Named::code(status).to_owned();
        Line { duty: (*duty).to_owned(), status, evidence, switches }
    });
    Ok(Report { lines: lines.collect() })
}

/// Days over which suggestions are counted.
const DAYS: i64 = 90;

/// What this crate counts itself: the filing, what the public wrote, what pages load from elsewhere.
fn own(app: &App, ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Evidence>> {
    let filing = FILING.get(tx)?;
    let mut all = filing_evidence(&filing);
    let from = ctx.now.plus(-DAYS * DAY).date();
    let told = rows::answered_since(tx, Instant::start_of(from), ctx.now)?;
    all.push(
        Evidence::new("suggestions", "suggestions")
            .with("from", from)
            .with("received", told.received)
            .with("burden", told.burden)
            .with("answered", told.answered)
            .with("in-time", told.in_time)
            .at("/admin/suggestions?state=answered"),
    );
    all.push(
        Evidence::new("suggestions", "suggestions-late")
            .with("count", told.late)
            .at("/admin/suggestions")
            .attention(told.late > 0),
    );
    let outside = app.settings().tianditu_key.is_some();
    all.push(Evidence::new("commerce", "outside").with("map", if outside { "on" } else { "off" }));
    Ok(all)
}

fn filing_evidence(filing: &Filing) -> Vec<Evidence> {
    if filing.number.is_empty() {
        return vec![Evidence::new("filing", "not-filed").attention(true)];
    }
    let filed = Evidence::new("filing", "filed")
        .with("number", &filing.number)
        .with("day", filing.day.map(|d| d.to_string()).unwrap_or_default())
        .with("office", &filing.office);
    let again = filing.program != PROGRAM;
    let key = if again { "file-again" } else { "filed-version" };
    let version =
        Evidence::new("filing", key).with("filed", &filing.program).with("now", PROGRAM).attention(again);
    vec![filed, version]
}

/// Keeps what was found, with the paper as it is written now.
pub(crate) fn keep(
    app: &App,
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    written: impl FnOnce(&Report) -> Document,
) -> Result<Kept> {
    require(ctx, Act::KeepCheck)?;
    let report = look(app, ctx, tx)?;
    let kept = Kept {
        id: tx.new_id(),
        number: tx.next_number("self-check")?,
        made_at: ctx.now,
        made_by: ctx.member().map(|m| m.name.clone()).unwrap_or_default(),
        program: PROGRAM.to_owned(),
        document: Json(written(&report)),
        report: Json(report),
        version: 1,
    };
    tx.insert(&kept)?;
    let event = Event::new("self-check.kept", kept.id)
        .with("number", kept.number)
        .with("attention", kept.report.0.count(Status::Attention));
    tx.record(ctx, event)?;
    Ok(kept)
}

pub(crate) fn kept(ctx: &Ctx, tx: &mut Tx<'_>, number: i64) -> Result<Kept> {
    require(ctx, Act::SelfCheck)?;
    rows::self_check(tx, number)?.ok_or_else(Problem::not_found)
}
