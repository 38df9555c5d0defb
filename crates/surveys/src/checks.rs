//! What a person should look at before a questionnaire is published: options that do not fit their question above all.
//!
//! Nothing is changed and nothing is guessed: each finding names the question and what does not fit; somebody decides. The words are
//! those of questionnaires about a city, in Chinese, with the few English ones that matter.

use crate::question::{Question, QuestionKind};

kernel::named! {
    /// What may be wrong with a question.
    pub enum Doubt {
        /// No question mark at its end.
        NoMark = "no-mark",
        /// An option stands there twice.
        Repeated = "repeated",
        /// A blank between options, or fewer than two.
        Missing = "missing",
        /// The options answer another question: "yes" to "how satisfied", "good" to "are you willing".
        Unfitting = "unfitting",
        /// Options of a scale that do not go from best to worst or back.
        Order = "order",
        /// What options count does not follow their order.
        Counts = "counts",
        /// It speaks of a standard, and none of its options is counted.
        Uncounted = "uncounted",
        /// It asks for what tells who somebody is.
        Personal = "personal",
        /// "Not sure" is an option though it stands beside every question.
        Unsure = "unsure",
        /// Numbers of the imported table do not follow each other.
        Number = "number",
    }
}

/// A doubt about the question at a place, from 0; the word it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub at: usize,
    pub doubt: Doubt,
    pub word: String,
}

/// Families of answers: of one kind of question each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Quality,
    Satisfied,
    Often,
    Done,
    YesNo,
    Agree,
    Known,
}

const FAMILIES: [(Family, &[&str]); 7] = [
    (Family::Satisfied, &["满意", "satisfied"]),
    (Family::Often, &["经常", "偶尔", "有时", "从不", "often", "sometimes", "never"]),
    (Family::Done, &["参加过", "参与过", "没参加", "见过", "听说过"]),
    (Family::Agree, &["同意", "认同", "愿意", "支持", "赞成", "agree", "willing"]),
    (Family::Known, &["了解", "知道", "知晓", "清楚", "aware"]),
    (Family::Quality, &["好", "差", "一般", "good", "bad", "poor"]),
    (Family::YesNo, &["是", "否", "有", "没有", "不是", "yes", "no"]),
];

/// The family that an option's words belong to; words of a scale such as 一般 fit several and tell nothing alone.
fn family(option: &str) -> Option<Family> {
    let option = option.trim().to_lowercase();
    let exact = |words: &[&str]| words.contains(&option.as_str());
    let inside = |words: &[&str]| words.iter().any(|w| option.contains(w));
    if exact(FAMILIES[6].1) {
        return Some(Family::YesNo);
    }
    if matches!(option.as_str(), "一般" | "无所谓" | "还行") {
        return None;
    }
    FAMILIES[..6].iter().find(|(_, words)| inside(words)).map(|(family, _)| *family)
}

/// Families that answer the question; empty: its words tell nothing.
fn wanted(text: &str) -> Vec<Family> {
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    let mut families = Vec::new();
    if has(&["满意", "satisfied"]) {
        families.push(Family::Satisfied);
    }
    if has(&["认同", "愿意", "支持", "同意", "赞成"]) {
        families.extend([Family::Agree, Family::YesNo]);
    }
    if has(&["参加过", "参与过", "是否参加", "见过", "听说过"]) {
        families.extend([Family::Often, Family::Done, Family::YesNo]);
    }
    if has(&["知晓", "知道", "了解"]) {
        families.extend([Family::Known, Family::YesNo]);
    }
    if has(&["经常", "多久", "频率", "how often"]) {
        families.extend([Family::Often, Family::YesNo]);
    }
    if families.is_empty() && has(&["如何", "怎么样", "怎样", "how good"]) {
        families.extend([Family::Quality, Family::Satisfied]);
    }
    if families.is_empty() && has(&["是否", "有没有"]) {
        families.extend([Family::YesNo, Family::Often, Family::Done]);
    }
    families
}

/// The word that options such as 浓厚, 一般, 不浓厚 are made of: a word and the same with 不 before it.
fn stem(options: &[&str]) -> Option<String> {
    options.iter().find_map(|o| {
        let bare = o.strip_prefix('不')?;
        (!bare.is_empty() && options.contains(&bare)).then(|| bare.to_owned())
    })
}

/// Whether the question is "…X吗": then the options speak of X or say yes and no.
fn names_itself(text: &str, stem: &str) -> bool {
    text.contains(stem)
}

fn fits(text: &str, options: &[&str]) -> Option<String> {
    if let Some(stem) = stem(options) {
        if names_itself(text, &stem) {
            return None;
        }
        let families = wanted(text);
        let own = family(&stem);
        let asks = text.trim_end_matches(['？', '?']).ends_with('吗');
        let ok = match own {
            Some(own) if families.is_empty() => !(asks && own == Family::Quality),
            Some(own) => families.contains(&own),
            // a word of its own that the question does not have
            None => false,
        };
        return (!ok).then_some(stem);
    }
    let families = wanted(text);
    if families.is_empty() {
        return None;
    }
    options
        .iter()
        .find(|option| family(option).is_some_and(|own| !families.contains(&own)))
        .map(|option| (*option).to_owned())
}

/// Words of scales from worst to best.
const RANKS: [(&str, i32); 22] = [
    ("非常不满意", 0),
    ("很不满意", 0),
    ("不太满意", 2),
    ("不满意", 1),
    ("一般", 3),
    ("基本满意", 4),
    ("比较满意", 5),
    ("非常满意", 7),
    ("很满意", 7),
    ("满意", 6),
    ("非常好", 7),
    ("很好", 7),
    ("较好", 5),
    ("比较好", 5),
    ("不好", 1),
    ("很差", 0),
    ("较差", 1),
    ("差", 1),
    ("好", 6),
    ("经常", 6),
    ("偶尔", 3),
    ("从不", 0),
];

fn rank(option: &str) -> Option<i32> {
    RANKS.iter().find(|(word, _)| *word == option).map(|(_, rank)| *rank)
}

fn monotone<T: PartialOrd>(values: &[T]) -> bool {
    values.windows(2).all(|w| w[0] <= w[1]) || values.windows(2).all(|w| w[0] >= w[1])
}

const PERSONAL: [&str; 10] =
    ["姓名", "名字", "电话", "手机号", "身份证", "住址", "门牌", "微信", "your name", "phone number"];
const UNSURE: [&str; 7] = ["不清楚", "说不清", "不知道", "不好说", "拒绝回答", "不愿回答", "not sure"];

/// All that a person should look at, in the order of the questions.
pub fn check(questions: &[Question]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, question) in questions.iter().enumerate() {
        let mut doubt = |doubt: Doubt, word: &str| found.push(Finding { at, doubt, word: word.to_owned() });
        let text = question.text.trim();
        if !text.ends_with(['？', '?']) && question.kind != QuestionKind::Text {
            doubt(Doubt::NoMark, "");
        }
        if let Some(word) = PERSONAL.iter().find(|word| text.contains(*word)) {
            doubt(Doubt::Personal, word);
        }
        if !question.has_options() {
            continue;
        }
        let options: Vec<&str> = question.options.iter().map(|o| o.text.trim()).collect();
        if options.len() < 2 || options.iter().any(|o| o.is_empty()) {
            doubt(Doubt::Missing, "");
        }
        let twice = options.iter().enumerate().find(|(n, o)| !o.is_empty() && options[..*n].contains(o));
        if let Some((_, option)) = twice {
            doubt(Doubt::Repeated, option);
        }
        if let Some(word) = fits(text, &options) {
            doubt(Doubt::Unfitting, &word);
        }
        // who was asked whether they know of it may answer that they do not
        let asks_knowledge = wanted(text).contains(&Family::Known);
        if let Some(option) = options.iter().find(|o| UNSURE.contains(o) && !asks_knowledge) {
            doubt(Doubt::Unsure, option);
        }
        let ranks: Vec<i32> = options.iter().filter_map(|o| rank(o)).collect();
        if question.kind != QuestionKind::Multiple && ranks.len() == options.len() && !monotone(&ranks) {
            doubt(Doubt::Order, "");
        }
        let counts: Vec<i64> = question.options.iter().filter_map(|o| o.counts).collect();
        if question.kind == QuestionKind::Scale && !monotone(&counts) {
            doubt(Doubt::Counts, "");
        }
        if !question.standard.is_empty() && !question.is_counted() {
            doubt(Doubt::Uncounted, &question.standard);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::Choice;

    fn doubts(text: &str, options: &[&str]) -> Vec<Doubt> {
        let options = options.iter().map(|o| Choice { text: (*o).into(), counts: None }).collect();
        let question = Question {
            key: "q1".into(),
            kind: QuestionKind::Single,
            text: text.into(),
            options,
            least: None,
            most: None,
            standard: String::new(),
            when: None,
        };
        check(&[question]).into_iter().map(|f| f.doubt).collect()
    }

    #[test]
    fn options_that_answer_another_question_are_found() {
        for (text, options) in [
            ("您对路面保洁满意吗？", &["是", "否"][..]),
            ("您是否愿意做志愿者？", &["好", "一般", "不好"]),
            ("您认为宣传的效果如何？", &["浓厚", "一般", "不浓厚"]),
            ("小区里的邻里关系怎么样？", &["经常", "偶尔", "从不"]),
            ("您是否参加过读书活动？", &["满意", "不满意"]),
            ("办事大厅的秩序井然吗？", &["好", "一般", "不好"]),
        ] {
            assert_eq!(doubts(text, options), [Doubt::Unfitting], "{text}");
        }
    }

    #[test]
    fn options_that_fit_are_left_alone() {
        for (text, options) in [
            ("您对路面保洁满意吗？", &["满意", "基本满意", "不满意"][..]),
            ("您对路面保洁是否满意？", &["满意", "一般", "不满意"]),
            ("您认为宣传的效果如何？", &["好", "一般", "不好"]),
            ("小区里的氛围浓厚吗？", &["浓厚", "一般", "不浓厚"]),
            ("您是否参加过读书活动？", &["经常参加", "偶尔参加", "没参加过"]),
            ("您是否知道本市正在创建？", &["知道", "不知道"]),
            ("您支持本市的工作吗？", &["支持", "无所谓", "不支持"]),
            ("您最常去哪里？", &["公园", "广场", "图书馆"]),
            ("近一年有没有人上门听取意见？", &["有", "没有"]),
        ] {
            assert_eq!(doubts(text, options), [], "{text}");
        }
    }

    #[test]
    fn other_slips_are_found() {
        assert_eq!(doubts("您最常去哪里", &["公园", "广场"]), [Doubt::NoMark]);
        assert_eq!(doubts("您最常去哪里？", &["公园", "公园"]), [Doubt::Repeated]);
        assert_eq!(doubts("您最常去哪里？", &["公园", "", "广场"]), [Doubt::Missing]);
        assert_eq!(doubts("您满意吗？", &["满意", "不满意", "基本满意"]), [Doubt::Order]);
        assert_eq!(doubts("您满意吗？", &["满意", "不满意", "说不清"]), [Doubt::Unsure]);
        assert_eq!(doubts("您的姓名怎么写？", &["甲", "乙"]), [Doubt::Personal]);
    }

    #[test]
    fn what_options_count_follows_their_order() {
        let choice = |text: &str, counts| Choice { text: text.into(), counts: Some(counts) };
        let mut question = Question {
            key: "q1".into(),
            kind: QuestionKind::Scale,
            text: "您满意吗？".into(),
            options: vec![choice("满意", 6_000), choice("基本满意", 10_000), choice("不满意", 0)],
            least: None,
            most: None,
            standard: "Ⅲ-1-1)".into(),
            when: None,
        };
        assert_eq!(
            check(std::slice::from_ref(&question)).iter().map(|f| f.doubt).collect::<Vec<_>>(),
            [Doubt::Counts]
        );
        for option in &mut question.options {
            option.counts = None;
        }
        assert_eq!(check(&[question])[0].doubt, Doubt::Uncounted);
    }
}
