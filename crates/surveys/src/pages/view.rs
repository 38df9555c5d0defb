//! A survey: its questions with what a person should look at, the moves, and the form that changes it.

use super::list::scheme_options;
use crate::checks::{self};
use crate::model::Survey;
use crate::policy::{self, Act};
use crate::question::{Question, share_text, write_when};
use crate::settings::AUDIENCES;
use crate::workflow::State;
use crate::{queries, sheet, show};
use assessment::scheme::standards::published;
use axum::http::StatusCode;
use web::error::{OrFail, page_with};
use web::form::Filled;
use web::import::Tried;
use web::list::Params;
use web::parts::{Fact, Line};
use web::{Answer, Path, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "surveys/view.html")]
pub(super) struct ViewPage {
    ui: Ui,
    params: Params,
    form: Filled,
    survey: Survey,
    rows: Vec<Row>,
    doubts: Vec<String>,
    tried: Option<Tried>,
    facts: Vec<Fact>,
    lines: Vec<Line>,
    schemes: Vec<(String, String)>,
    audiences: Vec<(String, String)>,
    state: String,
    may_plan: bool,
    may_words: bool,
}

/// A question in the list.
struct Row {
    place: usize,
    kind: String,
    text: String,
    options: String,
    standard: String,
    condition: String,
    doubts: Vec<String>,
}

impl ViewPage {
    fn is_draft(&self) -> bool {
        self.survey.state == State::Draft
    }

    fn import_at(&self) -> String {
        format!("/surveys/{}/import", self.survey.number)
    }

    fn is_open(&self) -> bool {
        self.survey.state == State::Published
    }

    fn is_closed(&self) -> bool {
        self.survey.state == State::Closed
    }

    fn last(&self, row: &Row) -> bool {
        row.place == self.rows.len()
    }
}

/// `满意 100 · 基本满意 60`: options with what they count; bounds of a number.
fn options(question: &Question) -> String {
    if let Some((least, most)) = question.least.zip(question.most) {
        return format!("{least}–{most}");
    }
    let one = |o: &crate::question::Choice| match o.counts {
        Some(_) => format!("{} {}", o.text, share_text(o.counts)),
        None => o.text.clone(),
    };
    question.options.iter().map(one).collect::<Vec<_>>().join(" · ")
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, number, None, None, StatusCode::OK).await
}

pub(super) async fn show_with(
    req: &Req,
    number: String,
    form: Option<Filled>,
    tried: Option<Tried>,
    status: StatusCode,
) -> Answer {
    let read = req.read(move |ctx, tx| {
        let survey = queries::survey(ctx, tx, &number)?;
        let history = queries::history_of(tx, &survey)?;
        let answers = queries::answered(tx, &survey)?;
        Ok((history, answers, published(tx)?, AUDIENCES.get(tx)?, survey))
    });
    let (history, answers, schemes, mut audiences, survey) = read.await.or_fail(req)?;
    let (ui, params) = (req.ui(), Params::parse(&req.query));
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(req, &ui, kind, &survey);
    }
    let doubts = checks::check(&survey.questions.0);
    let questions = &survey.questions.0;
    let row = |(at, question): (usize, &Question)| Row {
        place: at + 1,
        kind: show::kind(&ui, question.kind),
        text: question.text.clone(),
        options: options(question),
        standard: question.standard.clone(),
        condition: write_when(question.when.as_ref(), questions),
        doubts: doubts.iter().filter(|d| d.at == at).map(|d| show::doubt(&ui, d)).collect(),
    };
    let mut facts = vec![
        Fact::new(ui.t("survey-column-number"), survey.number.clone()),
        Fact::new(ui.t("survey-column-audience"), survey.audience.clone()),
        Fact::new(ui.t("survey-column-edition"), ui.number(survey.edition)),
        Fact::new(
            ui.t("survey-column-closes"),
            survey.closes.map_or_else(|| ui.t("survey-no-day"), |d| ui.date(&d)),
        ),
        Fact::new(ui.t("survey-column-answers"), ui.number(answers)),
    ];
    if !survey.scheme_number.is_empty() {
        let href = format!("/assessment/schemes/{}", survey.scheme_number);
        facts.push(Fact::new(ui.t("label-survey_scheme"), survey.scheme_number.clone()).link(href));
    }
    let blank = || {
        let form = Filled::new()
            .set("survey_name", &survey.name)
            .set("survey_audience", &survey.audience)
            .set("survey_lead", &survey.lead)
            .set("survey_scheme", &survey.scheme_number)
            .set("survey_closes", survey.closes.map(|d| d.to_string()).unwrap_or_default());
        if survey.codes { form.set("survey_codes", "1") } else { form }
    };
    if !audiences.contains(&survey.audience) {
        audiences.push(survey.audience.clone());
    }
    let view = ViewPage {
        form: form.unwrap_or_else(blank),
        rows: questions.iter().enumerate().map(row).collect(),
        doubts: doubts.iter().map(|d| show::doubt(&ui, d)).collect(),
        tried,
        facts,
        lines: show::history(&ui, &history),
        schemes: scheme_options(&ui, schemes),
        audiences: audiences.into_iter().map(|a| (a.clone(), a)).collect(),
        state: show::state(&ui, survey.state),
        may_plan: policy::may(&req.ctx, Act::Plan),
        may_words: policy::may(&req.ctx, Act::Words),
        survey,
        params,
        ui,
    };
    page_with(req, status, &view)
}

fn exported(req: &Req, ui: &Ui, kind: sheets::FileKind, survey: &Survey) -> Answer {
    let questions = &survey.questions.0;
    let rows = (0..questions.len()).map(|at| sheet::cells(at, questions, show::kind(ui, questions[at].kind)));
    let name = format!("{}-{}", ui.t("survey-mock"), survey.name);
    export::answer(req, kind, &name, &sheet::columns(questions), rows)
}
