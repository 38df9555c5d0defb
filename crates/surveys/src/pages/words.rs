//! What people wrote in their own words: for the office, after the survey has ended, in the order of chance.

use crate::model::Survey;
use crate::queries;
use web::error::{OrFail, page};
use web::{Answer, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "surveys/words.html")]
struct WordsPage {
    ui: Ui,
    survey: Survey,
    questions: Vec<(usize, String, Vec<String>)>,
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    let (survey, all) = req.read(move |ctx, tx| queries::words(ctx, tx, &number)).await.or_fail(&req)?;
    let text = |at: usize| survey.questions.0.get(at).map(|q| q.text.clone()).unwrap_or_default();
    let questions = all.into_iter().map(|(at, lines)| (at + 1, text(at), lines)).collect();
    page(&req, &WordsPage { ui: req.ui(), questions, survey })
}
