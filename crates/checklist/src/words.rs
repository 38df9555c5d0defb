//! Sentences for the codes of this crate, in both languages: what is wrong and what to do. `{what}` is the word, number or
//! name that a fault is about, `{at}` the number of characters before it.

mod table;

use crate::model::Text;
use crate::observe::Why;
use crate::rule::Counting;

/// The sentence of a code; of an unknown one the code itself.
pub fn sentence(code: &str, what: &str, at: Option<usize>) -> Text {
    let found = table::ALL.iter().find(|(known, ..)| *known == code);
    let (zh, en) = found.map_or((code, code), |(_, zh, en)| (*zh, *en));
    let at = at.map(|at| (at + 1).to_string()).unwrap_or_default();
    let fill = |text: &str| text.replace("{at}", &at).replace("{what}", what);
    Text::new(fill(zh), fill(en))
}

/// Whether there is a sentence.
pub fn has(code: &str) -> bool {
    table::ALL.iter().any(|(known, ..)| *known == code)
}

/// Why an observation has its value.
pub fn reason(why: &Why) -> Text {
    match why {
        Why::Met => Text::new("符合", "met"),
        Why::Unmet => Text::new("不符合", "not met"),
        Why::NotApplicable => Text::new("不适用", "not applicable"),
        Why::Unanswered => Text::new("未作答，不计入", "not answered, not counted"),
        Why::NothingToCount => Text::new("没有可计数的项目，不计入", "nothing to count, not counted"),
        Why::Graded { grade } => Text::new(format!("等级 {grade}"), format!("grade {grade}")),
        Why::MoreThanAll { good, of } => Text::new(
            format!("合格数 {good} 大于总数 {of}，不计入"),
            format!("{good} good ones of only {of}, not counted"),
        ),
        Why::Ratio { good, of, target } => {
            let (zh, en) = (format!("{of} 中有 {good}"), format!("{good} of {of}"));
            match target {
                None => Text::new(zh, en),
                Some(target) => Text::new(
                    format!("{zh}，目标比例 {target}"),
                    format!("{en}, where {target} is the target"),
                ),
            }
        }
        Why::Threshold { found, wanted } => Text::new(
            format!("有 {found}，要求至少 {wanted}"),
            format!("{found} found, at least {wanted} wanted"),
        ),
        Why::Fails { failed: 0, of, .. } => {
            Text::new(format!("{of} 项全部符合"), format!("all {of} are met"))
        }
        Why::Fails { failed, of, paths } => Text::new(
            format!("{of} 项中有 {failed} 项不符合：{}", paths.join("、")),
            format!("{failed} of {of} are not met: {}", paths.join(", ")),
        ),
        Why::Deducted { found, wanted, missing, marks, full } => Text::new(
            format!("有 {found}，要求 {wanted}，缺 {missing}，得 {marks} 分（满分 {full}）"),
            format!("{found} found of {wanted} wanted, {missing} missing: {marks} of {full} marks"),
        ),
        Why::Spacing { apart, wanted, metres, too_near } => {
            let zh = format!("间距不小于 {metres} 米的有 {apart} 处，要求至少 {wanted} 处");
            let en = format!("{apart} lie at least {metres} m apart, at least {wanted} wanted");
            if too_near.is_empty() {
                Text::new(zh, en)
            } else {
                Text::new(
                    format!("{zh}；过近：{}", too_near.join("、")),
                    format!("{en}; too near: {}", too_near.join(", ")),
                )
            }
        }
    }
}

/// What a rule counts, for the page that shows a checklist.
pub fn counted(counting: &Counting) -> Text {
    match counting {
        Counting::Own => Text::new("其中符合的项目", "what is met inside"),
        Counting::Fields { good, of: None } => {
            Text::new(format!("{good} 之和"), format!("the sum of {good}"))
        }
        Counting::Fields { good, of: Some(of) } => {
            Text::new(format!("{good} 之和与 {of} 之和"), format!("the sums of {good} and {of}"))
        }
    }
}
