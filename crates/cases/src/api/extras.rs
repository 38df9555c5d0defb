//! Further questions for programs: what a kind asks, what was answered, and setting what is asked.

use super::answers::filled;
use crate::catalogue::edit_extras::set_extras;
use crate::catalogue::extras::{Demand, Extra, ExtraKind, NewAnswer, NewExtra, Words, check};
use crate::desk::Desk;
use crate::model::Item;
use crate::pages::shared;
use crate::pages::staff::catalogue::changed;
use crate::policy::{Act, POLICY};
use crate::store::Answered;
use axum::body::Body;
use kernel::id::Id;
use kernel::masking::{Audience, mask_text};
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use web::api::{body, json};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// Words of the catalogue.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordsBody {
    /// Chinese; what is compared and answered with.
    pub zh: String,
    /// English, where somebody gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// After which answer alone a question is asked.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AfterBody {
    /// Code of a question before it, of which something is chosen.
    pub code: String,
    /// One of its choices, or `yes`, `no`.
    pub value: String,
}

/// A question that is asked beside the usual when this kind is reported.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtraBody {
    /// Small letters, digits and `_`, at most 20.
    pub code: String,
    pub wording: WordsBody,
    /// `text`, `number`, `one`, `several` or `yes-no`.
    #[schema(pattern = "^(text|number|one|several|yes-no)$")]
    pub kind: String,
    /// Of a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<WordsBody>,
    /// Of `one` and `several`: two to twenty.
    #[serde(default)]
    pub choices: Vec<WordsBody>,
    #[serde(default)]
    pub required: bool,
    /// Its answer says something of a person, and is kept from whom the reporter is kept from.
    #[serde(default)]
    pub personal: bool,
    /// Asked only then; without it always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<AfterBody>,
}

/// All that a kind asks, in this order: at most twelve.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtrasBody {
    pub items: Vec<ExtraBody>,
}

/// An answer: words or a choice, a number, `true` or `false`, or several choices.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum AnswerBody {
    Flag(bool),
    Number(f64),
    Text(String),
    Several(Vec<String>),
}

/// What was answered to a question, in the words in which it was asked.
#[derive(Serialize, ToSchema)]
pub(crate) struct AnsweredBody {
    pub code: String,
    pub wording: WordsBody,
    /// `text`, `number`, `one`, `several` or `yes-no`.
    pub kind: &'static str,
    /// Of a number.
    pub unit: Option<WordsBody>,
    /// Words or a choice; a number in digits; `yes` or `no`; several choices with `、` between them.
    pub value: String,
    /// Whether it says something of a person.
    pub personal: bool,
}

impl WordsBody {
    fn of(words: &Words) -> Self {
        Self { zh: words.zh.clone(), en: filled(&words.en) }
    }

    fn words(&self) -> Words {
        Words::new(&self.zh, self.en.as_deref().unwrap_or_default())
    }

    fn some(words: &Words) -> Option<Self> {
        (!words.is_empty()).then(|| Self::of(words))
    }
}

impl ExtraBody {
    pub(super) fn of(extra: &Extra) -> Self {
        let asked = &extra.asked;
        Self {
            code: asked.code.clone(),
            wording: WordsBody::of(&asked.wording),
            kind: asked.kind.code().to_owned(),
            unit: WordsBody::some(&asked.unit),
            choices: asked.choices.iter().map(WordsBody::of).collect(),
            required: asked.required,
            personal: asked.personal,
            after: asked
                .after
                .as_ref()
                .map(|(code, value)| AfterBody { code: code.clone(), value: value.clone() }),
        }
    }

    fn extra(self) -> Result<NewExtra> {
        let kind =
            ExtraKind::parse(&self.kind).ok_or_else(|| Problem::field("extra_kind", "not-a-choice"))?;
        Ok(NewExtra {
            code: self.code,
            wording: self.wording.words(),
            kind,
            unit: self.unit.map(|unit| unit.words()).unwrap_or_default(),
            choices: self.choices.iter().map(WordsBody::words).collect(),
            required: self.required,
            personal: self.personal,
            after: self.after.map(|after| (after.code, after.value)),
        })
    }
}

impl AnswerBody {
    fn texts(&self) -> Vec<String> {
        match self {
            AnswerBody::Flag(flag) => vec![if *flag { "yes" } else { "no" }.to_owned()],
            AnswerBody::Number(number) => vec![number.to_string()],
            AnswerBody::Text(text) => vec![text.clone()],
            AnswerBody::Several(texts) => texts.clone(),
        }
    }
}

impl AnsweredBody {
    /// Numbers of people are covered in words for this audience.
    pub(super) fn of(answer: &Answered, audience: Audience) -> Self {
        let asked = &answer.asked;
        Self {
            code: asked.code.clone(),
            wording: WordsBody::of(&asked.wording),
            kind: asked.kind.code(),
            unit: WordsBody::some(&asked.unit),
            value: match asked.kind {
                ExtraKind::Text => mask_text(&answer.value, audience),
                _ => answer.value.clone(),
            },
            personal: asked.personal,
        }
    }
}

/// For whoever holds the report's token. A token is passed on: what says something of a person is not behind it.
pub(super) fn answered(answers: &[Answered]) -> Vec<AnsweredBody> {
    let open = answers.iter().filter(|a| !a.asked.personal);
    open.map(|a| AnsweredBody::of(a, Audience::Subject)).collect()
}

/// The answers of a report, each fault at `extras.<code>`. A code that the kind does not have is a fault too: a program that
/// sends one means something by it.
pub(super) fn answers(
    desk: &Desk,
    item: Option<Id<Item>>,
    given: &BTreeMap<String, AnswerBody>,
    findings: &mut Findings,
) -> Vec<NewAnswer> {
    let extras = desk.catalogue.extras(item);
    for code in given.keys().filter(|code| extras.iter().all(|e| e.asked.code != **code)) {
        let short: String = code.chars().take(40).collect();
        findings.add(FieldError::new(format!("extras.{short}"), "no-such-question"));
    }
    let texts = |code: &str| given.get(code).map(AnswerBody::texts).unwrap_or_default();
    match check(extras, Demand::All, &texts, &|code| format!("extras.{code}")) {
        Ok(answers) => answers,
        Err(faults) => {
            for fault in faults {
                findings.add(fault);
            }
            Vec::new()
        }
    }
}

/// Set what a kind asks of whoever reports it.
///
/// The whole list, in force at once: reports of before keep the words in which they were asked. A draft that somebody has begun
/// on the page stays one.
#[utoipa::path(put, path = "/api/v1/admin/catalogue/{code}/extras", tag = "cases", operation_id = "setExtras",
    request_body = ExtrasBody, params(("code" = String, Path, description = "of the kind, `event-06010`")),
    responses((status = 200, body = ExtrasBody, description = "what is asked now"),
        (status = 404, description = "no such kind"), (status = 422, description = "the questions make no sense in this order")))]
pub(crate) async fn set(req: Req, Path(code): Path<String>, sent: Body) -> Answer {
    let draft: ExtrasBody = body(&req, sent).await?;
    let extras = draft.items.into_iter().map(ExtraBody::extra).collect::<Result<Vec<_>>>().or_fail(&req)?;
    let id = item(&req, &code).await?;
    changed(&req, move |ctx, tx| set_extras(ctx, tx, id, &extras)).await.or_fail(&req)?;
    shown(&req, id).await
}

/// What a kind asks of whoever reports it, also of kinds that are not offered to citizens.
#[utoipa::path(get, path = "/api/v1/admin/catalogue/{code}/extras", tag = "cases", operation_id = "listExtras",
    params(("code" = String, Path, description = "of the kind, `event-06010`")),
    responses((status = 200, body = ExtrasBody, description = "in the order in which it is asked"),
        (status = 404, description = "no such kind")))]
pub(crate) async fn list(req: Req, Path(code): Path<String>) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Statistics) {
        return Err(Problem::forbidden()).or_fail(&req);
    }
    let id = item(&req, &code).await?;
    shown(&req, id).await
}

async fn item(req: &Req, code: &str) -> Answer<Id<Item>> {
    let desk = shared::desk(req).await?;
    crate::forms::item(&desk.catalogue, "item", code)
        .ok()
        .flatten()
        .ok_or_else(Problem::not_found)
        .or_fail(req)
}

async fn shown(req: &Req, id: Id<Item>) -> Answer {
    let desk = shared::desk(req).await?;
    json(req, &ExtrasBody { items: desk.catalogue.extras(Some(id)).iter().map(ExtraBody::of).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::extras::BETWEEN;

    #[test]
    fn an_answer_may_be_what_json_has_for_it() {
        let texts = |json: &str| serde_json::from_str::<AnswerBody>(json).map(|a| a.texts()).ok();
        assert_eq!(texts("true"), Some(vec!["yes".to_owned()]));
        assert_eq!(texts("30.50"), Some(vec!["30.5".to_owned()]));
        assert_eq!(texts("\"商铺\""), Some(vec!["商铺".to_owned()]));
        assert_eq!(texts("[\"行人\",\"商铺\"]"), Some(vec!["行人".to_owned(), "商铺".to_owned()]));
        assert_eq!(texts("{}"), None);
        // several choices in one text, as they are told
        assert_eq!(texts(&format!("\"行人{BETWEEN}商铺\"")), Some(vec!["行人、商铺".to_owned()]));
    }
}
