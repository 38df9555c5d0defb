//! The negative list: what counts on a day, events, entries, titles.

use crate::negative::commands::{self, EntryDraft, EventDraft};
use crate::negative::forms;
use crate::negative::model::{EVENT, Effect, Entry, Event, Measure, Status, Step, Titles};
use crate::negative::queries;
use crate::negative::standing::{Line, Standing};
use crate::pages;
use crate::policy::{self, Act};
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, parse_date};
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Path, Req};

/// What follows for a city of one status.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub(super) struct NegativeEffect {
    /// `applicant`, `nominee`, `holder`.
    status: String,
    /// `deduct`, `bar`, `suspend`, `revoke`.
    measure: String,
    /// Points of `deduct`, exact; months of `suspend`; nothing for the others.
    #[serde(default)]
    amount: String,
}

fn effect(status: Status, effect: &Effect) -> NegativeEffect {
    NegativeEffect {
        status: status.code().to_owned(),
        measure: effect.measure().code().to_owned(),
        amount: forms::amount(effect),
    }
}

fn read_effect(of: &NegativeEffect) -> Result<(Status, Effect)> {
    let status = Status::parse(&of.status).ok_or_else(|| Problem::field("status", "not-a-choice"))?;
    let measure = Measure::parse(&of.measure).ok_or_else(|| Problem::field("measure", "not-a-choice"))?;
    let effect = forms::effect(measure, &of.amount, "amount").map_err(|e| Problem::invalid(vec![e]))?;
    Ok((status, effect))
}

/// A kind of event that counts.
#[derive(Serialize, ToSchema)]
pub(super) struct NegativeEntry {
    /// `G15`.
    code: String,
    name: String,
    /// The document that says so.
    basis: String,
    /// For how long an event counts, from its day.
    months: i64,
    effects: Vec<NegativeEffect>,
    /// No new events of it.
    retired: bool,
    version: i64,
}

impl NegativeEntry {
    fn of(entry: &Entry) -> Self {
        Self {
            code: entry.code.clone(),
            name: entry.name.clone(),
            basis: entry.basis.clone(),
            months: entry.months,
            effects: entry.effects.0.iter().map(|(status, of)| effect(*status, of)).collect(),
            retired: entry.retired,
            version: entry.version,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct NegativeEntries {
    items: Vec<NegativeEntry>,
}

/// An event, and how it stands to the day that was asked for.
#[derive(Serialize, ToSchema)]
pub(super) struct NegativeEvent {
    /// `NE-2026-0001`.
    number: String,
    /// Code of its entry.
    entry: String,
    happened_on: String,
    title: String,
    account: String,
    source: String,
    /// The district, street or unit; empty for the city.
    subject: String,
    /// `reported`, `confirmed`, `dismissed`, `lifted`.
    state: &'static str,
    decided_on: Option<String>,
    /// Why it was dismissed or lifted.
    reason: String,
    /// Steps that the state allows.
    allowed_steps: Vec<&'static str>,
    version: i64,
    /// `now`, `pending`, `later`, `over`, `void`, `nothing`; only in the list.
    counts: Option<&'static str>,
    /// The first day on which it counts no more; only in the list.
    until: Option<String>,
}

impl NegativeEvent {
    fn of(event: &Event, entry: &str, line: Option<&Line>) -> Self {
        Self {
            number: event.number.clone(),
            entry: entry.to_owned(),
            happened_on: event.happened_on.to_string(),
            title: event.title.clone(),
            account: event.account.as_str().to_owned(),
            source: event.source.clone(),
            subject: event.subject.clone(),
            state: event.state.code(),
            decided_on: event.decided_on.map(|day| day.to_string()),
            reason: event.reason.clone(),
            allowed_steps: EVENT.from(event.state).map(|m| m.name.code()).collect(),
            version: event.version,
            counts: line.map(|line| line.counts.code()),
            until: line.and_then(|line| line.until).map(|day| day.to_string()),
        }
    }
}

/// What counts on a day.
#[derive(Serialize, ToSchema)]
pub(super) struct NegativeStanding {
    day: String,
    /// `applicant`, `nominee`, `holder`.
    status: &'static str,
    /// Points, exact.
    deducted: String,
    /// Points besides, if all that is reported were confirmed.
    pending: String,
    /// The first day on which the city may apply again.
    barred_until: Option<String>,
    suspended_until: Option<String>,
    revoked: bool,
    events: Vec<NegativeEvent>,
}

impl NegativeStanding {
    fn of(of: &Standing) -> Self {
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        Self {
            day: of.day.to_string(),
            status: of.status.code(),
            deducted: of.deducted.to_string(),
            pending: of.pending.to_string(),
            barred_until: day(of.barred_until),
            suspended_until: day(of.suspended_until),
            revoked: of.revoked,
            events: of.lines.iter().map(|l| NegativeEvent::of(&l.event, &l.entry.code, Some(l))).collect(),
        }
    }
}

/// What counts on a day for a city of a status, with all events.
#[utoipa::path(get, path = "/api/v1/assessment-negative", tag = "assessment", operation_id = "listNegativeEvents",
    params(
        ("day" = Option<String>, Query, description = "of the test or the application, `2026-08-20`; today without one"),
        ("status" = Option<String>, Query, description = "`applicant`, `nominee`, `holder`; the city's own on that day without one"),
    ),
    responses((status = 200, body = NegativeStanding, description = "what counts, and everything that is known")))]
pub(super) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let (day, status) = pages::asked(&params).or_fail(&req)?;
    let of = req.read(move |ctx, tx| queries::on(ctx, tx, day, status)).await.or_fail(&req)?;
    json(&req, &NegativeStanding::of(&of))
}

/// An event.
#[utoipa::path(get, path = "/api/v1/assessment-negative/{number}", tag = "assessment", operation_id = "getNegativeEvent",
    params(("number" = String, Path, description = "`NE-2026-0001`")),
    responses((status = 200, body = NegativeEvent, description = "the event"),
        (status = 404, description = "none that the key may see")))]
pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let (event, entry) = req.read(move |ctx, tx| queries::event(ctx, tx, &number)).await.or_fail(&req)?;
    json(&req, &NegativeEvent::of(&event, &entry.code, None))
}

#[derive(Deserialize, ToSchema)]
pub(super) struct NegativeEventDraft {
    /// Code of its entry.
    entry: String,
    happened_on: String,
    title: String,
    #[serde(default)]
    account: String,
    source: String,
    #[serde(default)]
    subject: String,
    version: Option<i64>,
}

impl NegativeEventDraft {
    fn draft(self) -> Result<EventDraft> {
        let happened_on =
            parse_date(&self.happened_on).ok_or_else(|| Problem::field("happened_on", "not-a-date"))?;
        Ok(EventDraft {
            entry: self.entry,
            happened_on,
            title: self.title,
            account: self.account,
            source: self.source,
            subject: self.subject,
        })
    }
}

/// Reports an event. It counts when it is confirmed.
#[utoipa::path(post, path = "/api/v1/assessment-negative", tag = "assessment", operation_id = "reportNegativeEvent",
    request_body = NegativeEventDraft,
    responses((status = 201, body = NegativeEvent, description = "the event"),
        (status = 409, description = "its entry takes no new events")))]
pub(super) async fn report(req: Req, given: Body) -> Answer {
    policy::require(&req.ctx, Act::EditNegative).or_fail(&req)?;
    let given: NegativeEventDraft = body(&req, given).await?;
    let draft = given.draft().or_fail(&req)?;
    let code = draft.entry.clone();
    let event = req.write(move |ctx, tx| commands::report(ctx, tx, draft)).await.or_fail(&req)?;
    json_with(&req, StatusCode::CREATED, &NegativeEvent::of(&event, &code, None))
}

/// Changes an event that nobody has decided, as a whole.
#[utoipa::path(put, path = "/api/v1/assessment-negative/{number}", tag = "assessment", operation_id = "rewriteNegativeEvent",
    params(("number" = String, Path, description = "`NE-2026-0001`")),
    request_body = NegativeEventDraft,
    responses((status = 200, body = NegativeEvent, description = "the event as it is now"),
        (status = 404, description = "none that the key may see"),
        (status = 409, description = "it is decided, or somebody else changed it meanwhile")))]
pub(super) async fn rewrite(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::EditNegative).or_fail(&req)?;
    let given: NegativeEventDraft = body(&req, given).await?;
    let version = given.version;
    let draft = given.draft().or_fail(&req)?;
    let code = draft.entry.clone();
    let done = req.write(move |ctx, tx| {
        commands::rewrite(ctx, tx, &number, draft, version)?;
        queries::event(ctx, tx, &number)
    });
    let (event, _) = done.await.or_fail(&req)?;
    json(&req, &NegativeEvent::of(&event, &code, None))
}

#[derive(Deserialize, ToSchema)]
pub(super) struct NegativeStep {
    /// `confirm`, `dismiss`, `lift`, `reopen`.
    step: String,
    /// Wanted to dismiss and to lift.
    #[serde(default)]
    reason: String,
    version: Option<i64>,
}

/// Decides an event. The decision holds from today.
#[utoipa::path(post, path = "/api/v1/assessment-negative/{number}/steps", tag = "assessment", operation_id = "decideNegativeEvent",
    params(("number" = String, Path, description = "`NE-2026-0001`")),
    request_body = NegativeStep,
    responses((status = 200, body = NegativeEvent, description = "the event as it is now"),
        (status = 404, description = "none that the key may see"),
        (status = 409, description = "its state does not allow it")))]
pub(super) async fn decide(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::DecideNegative).or_fail(&req)?;
    let given: NegativeStep = body(&req, given).await?;
    let done = req.write(move |ctx, tx| {
        let step = Step::parse(&given.step).ok_or_else(|| Problem::field("step", "not-a-choice"))?;
        commands::decide(ctx, tx, &number, step, &given.reason, given.version)?;
        queries::event(ctx, tx, &number)
    });
    let (event, entry) = done.await.or_fail(&req)?;
    json(&req, &NegativeEvent::of(&event, &entry.code, None))
}

/// All entries, by their codes.
#[utoipa::path(get, path = "/api/v1/assessment-negative-entries", tag = "assessment", operation_id = "listNegativeEntries",
    responses((status = 200, body = NegativeEntries, description = "all entries")))]
pub(super) async fn entries(req: Req) -> Answer {
    let found = req.read(queries::entries).await.or_fail(&req)?;
    json(&req, &NegativeEntries { items: found.iter().map(NegativeEntry::of).collect() })
}

#[derive(Deserialize, ToSchema)]
pub(super) struct NegativeEntryDraft {
    name: String,
    #[serde(default)]
    basis: String,
    months: i64,
    /// At most one for each status.
    effects: Vec<NegativeEffect>,
    #[serde(default)]
    retired: bool,
    /// Of the entry as it was seen; none for a new one.
    version: Option<i64>,
}

/// Writes an entry: a new one, or another text of the one of this code.
#[utoipa::path(put, path = "/api/v1/assessment-negative-entries/{code}", tag = "assessment", operation_id = "writeNegativeEntry",
    params(("code" = String, Path, description = "`G15`")),
    request_body = NegativeEntryDraft,
    responses((status = 200, body = NegativeEntry, description = "the entry"),
        (status = 404, description = "a version is given, and there is none of this code"),
        (status = 409, description = "no version is given, and there is one; or somebody else changed it meanwhile")))]
pub(super) async fn write_entry(req: Req, Path(code): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::EditNegative).or_fail(&req)?;
    let given: NegativeEntryDraft = body(&req, given).await?;
    let effects: Result<Vec<_>> = given.effects.iter().map(read_effect).collect();
    let effects = effects.or_fail(&req)?;
    let twice = |(at, (status, _)): (usize, &(Status, Effect))| {
        effects.iter().take(at).any(|(earlier, _)| earlier == status)
    };
    if effects.iter().enumerate().any(twice) {
        return Err(web::Fail::of(&req, Problem::field("effects", "not-a-choice")));
    }
    let draft = EntryDraft {
        code: code.clone(),
        name: given.name,
        basis: given.basis,
        months: given.months,
        effects,
        retired: given.retired,
    };
    let version = given.version;
    let done = req.write(move |ctx, tx| {
        commands::write_entry(ctx, tx, draft, version)?;
        queries::entry(ctx, tx, code.trim())
    });
    json(&req, &NegativeEntry::of(&done.await.or_fail(&req)?))
}

/// Since when the city is what.
#[derive(Serialize, Deserialize, ToSchema)]
pub(super) struct CityTitle {
    /// `2025-05-23`.
    from: String,
    /// `applicant`, `nominee`, `holder`.
    status: String,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub(super) struct CityTitles {
    items: Vec<CityTitle>,
}

fn written(titles: &Titles) -> CityTitles {
    let title = |(day, status): &(Date, Status)| CityTitle {
        from: day.to_string(),
        status: status.code().to_owned(),
    };
    CityTitles { items: titles.0.iter().map(title).collect() }
}

/// What the city was, and since when.
#[utoipa::path(get, path = "/api/v1/assessment-titles", tag = "assessment", operation_id = "listCityTitles",
    responses((status = 200, body = CityTitles, description = "from the earliest on")))]
pub(super) async fn titles(req: Req) -> Answer {
    let titles = req.read(queries::titles).await.or_fail(&req)?;
    json(&req, &written(&titles))
}

/// Replaces what the city was.
#[utoipa::path(put, path = "/api/v1/assessment-titles", tag = "assessment", operation_id = "writeCityTitles",
    request_body = CityTitles,
    responses((status = 200, body = CityTitles, description = "from the earliest on")))]
pub(super) async fn entitle(req: Req, given: Body) -> Answer {
    policy::require(&req.ctx, Act::EditNegative).or_fail(&req)?;
    let given: CityTitles = body(&req, given).await?;
    let mut titles = Vec::new();
    for of in given.items {
        let day = parse_date(&of.from).ok_or_else(|| Problem::field("from", "not-a-date"));
        let status = Status::parse(&of.status).ok_or_else(|| Problem::field("status", "not-a-choice"));
        titles.push((day.or_fail(&req)?, status.or_fail(&req)?));
    }
    let done = req.write(move |ctx, tx| {
        commands::entitle(ctx, tx, Titles(titles))?;
        queries::titles(ctx, tx)
    });
    json(&req, &written(&done.await.or_fail(&req)?))
}
