//! The working calendar: which years are published, every day of a year, hours of duty, the city's own closures.

mod month;

use super::shared;
use crate::commands::{self, Preview, read_arrangements, working_days};
use crate::settings::DUTY_HOURS;
use crate::{calendar as places_calendar, forms, kept, policy, queries, store as rows};
use axum::http::StatusCode;
use kernel::calendar::WorkingCalendar;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::Date;
use month::Month;
use std::collections::BTreeMap;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "places/calendar.html")]
struct CalendarPage {
    ui: Ui,
    years: Vec<YearRow>,
    year: i16,
    published: bool,
    months: Vec<Month>,
    special: Vec<(String, String, String)>,
    closures: Vec<(Date, String)>,
    duty_fields: Vec<(&'static str, String)>,
    may_edit: bool,
    form: Filled,
    previews: Vec<Preview>,
    pasted: String,
}

struct YearRow {
    year: i16,
    published: bool,
    source: String,
    working_days: i64,
}

pub(crate) async fn page(req: Req) -> Answer {
    show(&req, StatusCode::OK, None, Vec::new(), String::new()).await
}

async fn show(
    req: &Req,
    status: StatusCode,
    form: Option<Filled>,
    previews: Vec<Preview>,
    pasted: String,
) -> Answer {
    let this_year = req.ctx.now.date().year();
    let year: i16 = Params::parse(&req.query).get("year").parse().unwrap_or(this_year);
    let year = year.clamp(2000, 2099);
    let read = req.read(|_, tx| {
        Ok((
            places_calendar::load(tx)?,
            queries::calendar_years(tx)?,
            rows::closures(tx)?,
            DUTY_HOURS.get(tx)?,
        ))
    });
    let (data, known, closures, duty) = read.await.or_fail(req)?;
    let ui = req.ui();
    let calendar = WorkingCalendar::new(data);
    let sources: BTreeMap<i64, String> = known.into_iter().map(|y| (y.year, y.source)).collect();
    let first =
        sources.keys().next().and_then(|y| i16::try_from(*y).ok()).unwrap_or(this_year).min(this_year);
    let years = (first..=this_year + 1).rev().map(|year| YearRow {
        year,
        published: calendar.data().is_published(year),
        source: sources.get(&i64::from(year)).cloned().unwrap_or_default(),
        working_days: working_days(&calendar, year),
    });
    let months: Vec<Month> = (1..=12).map(|m| Month::of(&ui, &calendar, year, m)).collect();
    let form = form.unwrap_or_else(|| {
        let fields = forms::DUTY_FIELDS.iter().enumerate();
        fields
            .fold(Filled::new(), |form, (weekday, field)| form.set(field, forms::duty_text(duty.of(weekday))))
    });
    page_with(
        req,
        status,
        &CalendarPage {
            years: years.collect(),
            year,
            published: calendar.data().is_published(year),
            special: month::special(&ui, &calendar, year),
            months,
            closures,
            duty_fields: forms::DUTY_FIELDS
                .iter()
                .enumerate()
                .map(|(n, f)| (*f, ui.t(format!("weekday-{n}"))))
                .collect(),
            may_edit: policy::may_keep_calendar(&req.ctx),
            form,
            previews,
            pasted,
            ui,
        },
    )
}

/// The arrangement that was pasted, or the file that was sent instead.
fn pasted(form: &Form) -> Result<String> {
    match form.files.iter().find(|f| f.field == "arrangement_file") {
        Some(upload) => String::from_utf8(upload.bytes.to_vec()).map_err(|_| {
            Problem::invalid(vec![
                FieldError::new("arrangement", "arrangement-wrong").arg("row", "").arg("what", "UTF-8"),
            ])
        }),
        None => Ok(form.text("arrangement").to_owned()),
    }
}

pub(crate) async fn preview(req: Req, form: Form) -> Answer {
    let found = match pasted(&form) {
        Ok(text) => {
            let asked = text.clone();
            let read = req.read(move |_, tx| commands::preview(tx, &read_arrangements(&asked)?));
            read.await.map(|previews| (previews, text))
        }
        Err(problem) => Err(problem),
    };
    match found {
        Ok((previews, text)) => {
            let filled = Filled::new().set("arrangement_source", form.text("arrangement_source"));
            show(&req, StatusCode::OK, Some(with_duty(&req, filled).await?), previews, text).await
        }
        Err(problem) => refuse(&req, &form, problem).await,
    }
}

/// The duty hours as they are, for a page whose refused form is another one.
async fn with_duty(req: &Req, form: Filled) -> Answer<Filled> {
    let duty = req.read(|_, tx| DUTY_HOURS.get(tx)).await.or_fail(req)?;
    let fields = forms::DUTY_FIELDS.iter().enumerate();
    Ok(fields.fold(form, |form, (weekday, field)| form.set(field, forms::duty_text(duty.of(weekday)))))
}

async fn refuse(req: &Req, form: &Form, problem: Problem) -> Answer {
    let filled = shared::refused(form, problem).map_err(|p| Fail::of(req, p))?;
    let filled = with_duty(req, filled).await?;
    show(req, StatusCode::UNPROCESSABLE_ENTITY, Some(filled), Vec::new(), String::new()).await
}

/// The answer after a change: memories made new, then back to the page.
async fn done<T>(
    req: &Req,
    form: &Form,
    result: Result<T>,
    to: &str,
    flash: &str,
    value: impl FnOnce(T) -> String,
) -> Answer {
    match result {
        Ok(changed) => {
            kept::refresh(&req.city).await.or_fail(req)?;
            Ok(redirect(req, to, flash, &value(changed)))
        }
        Err(problem) => refuse(req, form, problem).await,
    }
}

pub(crate) async fn publish(req: Req, form: Form) -> Answer {
    let asked = form.clone();
    let result = req
        .write(move |ctx, tx| {
            let arrangements = read_arrangements(asked.text("arrangement"))?;
            commands::publish(ctx, tx, &arrangements, asked.text("arrangement_source"))
        })
        .await;
    let years = |years: Vec<i16>| years.iter().map(i16::to_string).collect::<Vec<_>>().join(", ");
    let to = match &result {
        Ok(changed) => changed
            .last()
            .map_or_else(|| "/admin/calendar".to_owned(), |y| format!("/admin/calendar?year={y}")),
        Err(_) => String::new(),
    };
    done(&req, &form, result, &to, "calendar-published", years).await
}

pub(crate) async fn duty(req: Req, form: Form) -> Answer {
    let asked = form.clone();
    let result = req.write(move |ctx, tx| commands::set_duty(ctx, tx, &forms::duty(&asked)?)).await;
    done(&req, &form, result, "/admin/calendar", "calendar-duty", |()| String::new()).await
}

pub(crate) async fn close(req: Req, form: Form) -> Answer {
    let asked = form.clone();
    let result = req
        .write(move |ctx, tx| {
            let date = asked
                .date("closure_date")
                .and_then(|d| d.ok_or_else(|| FieldError::new("closure_date", "required")));
            let date = date.map_err(|e| Problem::invalid(vec![e]))?;
            commands::close_day(ctx, tx, date, asked.text("closure_reason"))?;
            Ok(date)
        })
        .await;
    done(&req, &form, result, "/admin/calendar", "calendar-closed", |date| date.to_string()).await
}

pub(crate) async fn open(req: Req, Path(date): Path<String>, form: Form) -> Answer {
    let result = match date.parse::<Date>() {
        Ok(date) => req.write(move |ctx, tx| commands::open_day(ctx, tx, date)).await,
        Err(_) => Err(Problem::not_found()),
    };
    done(&req, &form, result, "/admin/calendar", "calendar-opened", move |()| date).await
}
