//! The columns of the three sheets: how we write them, and how others may.

use crate::problems::Part;

macro_rules! columns {
    ($($name:ident $text:literal,)*) => {
        /// A column, in the order in which it is written.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(super) enum Column { $($name,)* }

        impl Column {
            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

columns! {
    Type "type",
    ListName "list_name",
    Name "name",
    LabelZh "label::中文 (zh)",
    LabelEn "label::English (en)",
    HintZh "hint::中文 (zh)",
    HintEn "hint::English (en)",
    Required "required",
    RequiredMessageZh "required_message::中文 (zh)",
    RequiredMessageEn "required_message::English (en)",
    Relevant "relevant",
    Constraint "constraint",
    ConstraintMessageZh "constraint_message::中文 (zh)",
    ConstraintMessageEn "constraint_message::English (en)",
    Default "default",
    Calculation "calculation",
    Appearance "appearance",
    RepeatCount "repeat_count",
    Kind "cc_kind",
    Standard "cc_standard",
    Rule "cc_rule",
    Finding "cc_finding",
    Severity "cc_severity",
    More "cc_more",
    FormTitle "form_title",
    FormId "form_id",
    Version "version",
    DefaultLanguage "default_language",
    TitleEn "cc_title_en",
}

pub(super) const SURVEY: [Column; 23] = [
    Column::Type,
    Column::Name,
    Column::LabelZh,
    Column::LabelEn,
    Column::HintZh,
    Column::HintEn,
    Column::Required,
    Column::RequiredMessageZh,
    Column::RequiredMessageEn,
    Column::Relevant,
    Column::Constraint,
    Column::ConstraintMessageZh,
    Column::ConstraintMessageEn,
    Column::Default,
    Column::Calculation,
    Column::Appearance,
    Column::RepeatCount,
    Column::Kind,
    Column::Standard,
    Column::Rule,
    Column::Finding,
    Column::Severity,
    Column::More,
];
pub(super) const CHOICES: [Column; 4] = [Column::ListName, Column::Name, Column::LabelZh, Column::LabelEn];
pub(super) const SETTINGS: [Column; 5] =
    [Column::FormTitle, Column::FormId, Column::Version, Column::DefaultLanguage, Column::TitleEn];
/// The language that a form begins with.
pub(super) const LANGUAGE: &str = "中文 (zh)";

/// What a header is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    Column(Column),
    /// Would change the form, and we cannot do it: cells in it are refused.
    Refused,
    /// Nothing that a form depends on.
    PassedOver,
}

/// Headers of others for columns that have one language only, or none.
fn plain(base: &str) -> Option<Column> {
    Some(match base {
        "type" | "command" => Column::Type,
        "list_name" | "list name" => Column::ListName,
        "name" | "value" | "tag" => Column::Name,
        "label" | "caption" => Column::LabelZh,
        "hint" => Column::HintZh,
        "required" | "bind::required" => Column::Required,
        "required_message" | "required message" | "requiredmsg" => Column::RequiredMessageZh,
        "relevant" | "relevance" | "bind::relevant" => Column::Relevant,
        "constraint" | "bind::constraint" => Column::Constraint,
        "constraint_message" | "constraint message" | "constraining message" => Column::ConstraintMessageZh,
        "default" => Column::Default,
        "calculation" | "calculate" | "bind::calculate" => Column::Calculation,
        "appearance" => Column::Appearance,
        "repeat_count" | "count" | "jr:count" => Column::RepeatCount,
        "cc_kind" => Column::Kind,
        "cc_standard" => Column::Standard,
        "cc_rule" => Column::Rule,
        "cc_finding" => Column::Finding,
        "cc_severity" => Column::Severity,
        "cc_more" => Column::More,
        "form_title" | "title" => Column::FormTitle,
        "form_id" | "id_string" => Column::FormId,
        "version" => Column::Version,
        "default_language" => Column::DefaultLanguage,
        "cc_title_en" => Column::TitleEn,
        _ => return None,
    })
}

/// The same column for English.
fn english(column: Column) -> Option<Column> {
    Some(match column {
        Column::LabelZh => Column::LabelEn,
        Column::HintZh => Column::HintEn,
        Column::RequiredMessageZh => Column::RequiredMessageEn,
        Column::ConstraintMessageZh => Column::ConstraintMessageEn,
        _ => return None,
    })
}

pub(super) fn known(header: &str) -> Known {
    let folded = header.trim().to_lowercase();
    if let Some(column) = plain(&folded) {
        return Known::Column(column);
    }
    if let Some((base, language)) = folded.split_once("::") {
        let (base, language) = (base.trim(), language.trim());
        if let Some(column) = plain(base)
            && let Some(other) = english(column)
        {
            let is = |code: &str, name: &str| {
                language.starts_with(name)
                    || language == code
                    || language.split_once('(').is_some_and(|(_, rest)| rest.starts_with(code))
            };
            if is("zh", "中文") || language.starts_with("chinese") {
                return Known::Column(column);
            }
            if is("en", "english") {
                return Known::Column(other);
            }
            // words in a third language: nothing else depends on them
            return Known::PassedOver;
        }
    }
    let base = folded.split("::").next().unwrap_or_default();
    match base {
        "media"
        | "image"
        | "big-image"
        | "audio"
        | "video"
        | "choice_filter"
        | "parameters"
        | "trigger"
        | "save_to"
        | "read_only"
        | "readonly"
        | "bind"
        | "control"
        | "instance"
        | "body"
        | "guidance_hint"
        | "autoplay"
        | "public_key"
        | "submission_url"
        | "allow_choice_duplicates"
        | "namespaces" => Known::Refused,
        _ => Known::PassedOver,
    }
}

/// Sheet and column of a part of a checklist.
pub(super) fn of_part(part: Part) -> Column {
    match part {
        Part::Code => Column::FormId,
        Part::Version => Column::Version,
        Part::Title => Column::FormTitle,
        Part::Items | Part::Kind | Part::Choices => Column::Type,
        Part::Name => Column::Name,
        Part::LabelZh => Column::LabelZh,
        Part::LabelEn => Column::LabelEn,
        Part::Hint => Column::HintZh,
        Part::Required => Column::Required,
        Part::RequiredMessage => Column::RequiredMessageZh,
        Part::Relevant => Column::Relevant,
        Part::Constraint => Column::Constraint,
        Part::ConstraintMessage => Column::ConstraintMessageZh,
        Part::Default => Column::Default,
        Part::Appearance => Column::Appearance,
        Part::Calculate => Column::Calculation,
        Part::Count => Column::RepeatCount,
        Part::Standard => Column::Standard,
        Part::Rule => Column::Rule,
        Part::Finding => Column::Finding,
        Part::Severity => Column::Severity,
    }
}
