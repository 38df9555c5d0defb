//! How a questionnaire will look to those who answer it, on a telephone's width.

use crate::model::Survey;
use crate::queries;
use crate::show::{self, Ask, TraitAsk};
use web::error::{OrFail, page};
use web::form::Filled;
use web::{Answer, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "surveys/preview.html")]
struct PreviewPage {
    ui: Ui,
    form: Filled,
    survey: Survey,
    asks: Vec<Ask>,
    traits: Vec<TraitAsk>,
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    let survey = req.read(move |ctx, tx| queries::survey(ctx, tx, &number)).await.or_fail(&req)?;
    let ui = req.ui();
    let view = PreviewPage {
        form: Filled::new(),
        asks: show::asks(&ui, &survey.questions.0),
        traits: show::traits(&ui, &survey),
        survey,
        ui,
    };
    page(&req, &view)
}
