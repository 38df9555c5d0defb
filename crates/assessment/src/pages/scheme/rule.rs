//! How rules are written, and a box to try one.

use crate::policy::{self, Act};
use crate::scheme::forms;
use crate::scheme::notation::Rule;
use kernel::problem::Problem;
use web::error::{OrFail, page};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "assessment/scheme/rules.html")]
struct RulesPage {
    ui: Ui,
    form: Filled,
    /// As it would be written.
    read: String,
    examples: Vec<(&'static str, String)>,
}

/// Rules that show what can be said, each with the key of its explanation.
const EXAMPLES: [(&str, &str); 9] = [
    ("符合率", "judging-ratio"),
    ("达标(60%)", "judging-threshold"),
    ("全部符合", "judging-every-one"),
    ("扣分(100, 1, 2)", "judging-deduct"),
    ("缺项扣分(100, 4, 1)", "judging-per-missing"),
    ("分级(1, 0.6, 0)", "judging-graded"),
    ("平均(1)", "judging-mean"),
    ("按时段平均 > 按次平均 > 扣分(100, 1, 2)", "judging-across"),
    ("公式(50): if(met / all >= 70%, 50, max(0, 50 - (70% - met / all) * 100))", "judging-formula"),
];

pub(super) async fn page_of(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let text = Params::parse(&req.query).get("rule").to_owned();
    let (form, read) = match text.as_str() {
        "" => (Filled::new(), String::new()),
        text => match Rule::read(text) {
            Ok(rule) => (Filled::new().set("rule", text), rule.to_string()),
            Err(found) => {
                let problem = Problem::invalid(vec![forms::fault("rule", 1, &found)]);
                let sent = Form::from_pairs(&[("rule", text)]);
                (Filled::refused(&sent, &problem).unwrap_or_default(), String::new())
            }
        },
    };
    let ui = req.ui();
    let examples = EXAMPLES.iter().map(|(rule, key)| (*rule, ui.t(*key))).collect();
    page(&req, &RulesPage { ui, form, read, examples })
}
