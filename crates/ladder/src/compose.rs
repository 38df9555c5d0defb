//! What a letter says: official Chinese, from the facts of the subject. The pages of the program have both languages; a
//! letter of a Chinese office has one.

use crate::model::{Letter, Rung, Subject};
use crate::rules::Ladder;
use kernel::calendar::{Remaining, TimeUnit, WorkingCalendar};
use kernel::ctx::Locale;
use kernel::time::{Date, Instant};
use papers::{Closing, Code, Document, Level, Table};
use web::show;

/// What a letter is written from.
#[derive(Debug)]
pub struct Facts<'a> {
    pub letter: &'a Letter,
    pub subject: &'a Subject,
    pub unit: String,
    pub organ: String,
    /// How late the subject is, in words.
    pub late: String,
    /// Every letter about the subject, this one too.
    pub before: Vec<Letter>,
    pub base_url: &'a str,
    pub on: Date,
}

/// What a rung asks for, before anybody has edited it.
pub fn asked(rung: Rung, answer: bool) -> String {
    let text = match (rung, answer) {
        (Rung::Reminder, _) => "请合理安排力量，按期办结，并在系统中反馈处置结果。",
        (Rung::Letter, _) => {
            "请立即组织整改，查明未按期办结的原因，明确责任人和办结时间，并按时书面反馈整改情况。"
        }
        (Rung::Summons, _) => "请就该事项长期未办结的原因、下一步整改措施和完成时限作好准备。",
    };
    text.to_owned()
}

/// Who issues: as the city has set it, else its civilisation office.
pub fn organ(ladder: &Ladder, city: &str) -> String {
    match ladder.organ.trim() {
        "" => format!("{city}精神文明建设指导委员会办公室"),
        organ => organ.to_owned(),
    }
}

fn duration(left: &Remaining) -> String {
    match (left.unit, left.whole, left.minutes) {
        (TimeUnit::UrgentHour | TimeUnit::WorkingHour, 0, minutes) => format!("{minutes} 分钟"),
        (TimeUnit::UrgentHour, hours, _) => format!("{hours} 小时"),
        (TimeUnit::WorkingHour, hours, _) => format!("{hours} 个工作时"),
        (TimeUnit::WorkingDay, days, _) => format!("{days} 个工作日"),
        (TimeUnit::CalendarDay, days, _) => format!("{days} 天"),
    }
}

/// How late a subject is: "已逾期 3 个工作日，为办理时限的 1.5 倍".
pub fn late(calendar: &WorkingCalendar, subject: &Subject, now: Instant) -> String {
    let Some(clock) = &subject.clock else { return String::new() };
    let left = calendar.remaining(now, clock.due, clock.limit.unit);
    if !left.late {
        return format!("距办理期限还有 {}", duration(&left));
    }
    let factor = calendar.overdue_factor(clock.due, now, clock.limit);
    if factor < 0.1 {
        return format!("已逾期 {}", duration(&left));
    }
    format!("已逾期 {}，为办理时限的 {factor:.1} 倍", duration(&left))
}

fn name(rung: Rung) -> &'static str {
    match rung {
        Rung::Reminder => "催办通知",
        Rung::Letter => "督办函",
        Rung::Summons => "约谈通知书",
    }
}

fn time(at: Instant) -> String {
    show::date_time(Locale::ZhCn, at)
}

fn facts(facts: &Facts<'_>) -> Table {
    let Facts { letter, subject, .. } = facts;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut add = |name: &str, value: String| {
        if !value.is_empty() {
            rows.push(vec![name.to_owned(), value]);
        }
    };
    add("事项", subject.title.clone());
    add("编号", subject.number.clone());
    add("地点", subject.place.clone());
    add("交办时间", subject.since.map(time).unwrap_or_default());
    add("办理期限", letter.due_at.map(time).unwrap_or_default());
    add("目前情况", facts.late.clone());
    let before: Vec<&str> =
        facts.before.iter().filter(|l| l.id != letter.id).filter_map(|l| l.number.as_deref()).collect();
    add("此前文书", before.join("、"));
    Table { head: Vec::new(), rows, widths: vec![3, 11] }
}

fn opening(rung: Rung) -> &'static str {
    match rung {
        Rung::Reminder => "你单位承办的以下事项即将到期或已经到期，现予提醒。",
        Rung::Letter => "你单位承办的以下事项未按期办结，现予督办。",
        Rung::Summons => "你单位承办的以下事项经督办仍未办结，决定对你单位进行约谈。现将有关事项通知如下。",
    }
}

/// The letter as a document.
pub fn document(of: &Facts<'_>) -> Document {
    let letter = of.letter;
    let mut document = Document {
        head: of.organ.clone(),
        number: letter.number.clone().unwrap_or_default(),
        title: format!("关于“{}”的{}", of.subject.title, name(letter.rung)),
        addressee: of.unit.clone(),
        closing: Some(Closing { organ: of.organ.clone(), date: show::date(Locale::ZhCn, of.on) }),
        ..Document::default()
    }
    .paragraph(opening(letter.rung))
    .item(Level::First, "基本情况")
    .table(facts(of));
    if letter.rung == Rung::Summons {
        document = document.item(Level::First, "约谈安排");
        // only a preview can be without: nobody submits a summons without its time
        let at = letter.meet_at.map_or_else(|| "待定".to_owned(), time);
        document = document.item(Level::Third, format!("时间：{at}。"));
        for (what, text) in [("地点", letter.meet_place.as_str()), ("参加人员", &letter.meet_whom)] {
            if !text.is_empty() {
                document = document.item(Level::Third, format!("{what}：{text}。"));
            }
        }
    }
    document = document.item(Level::First, "有关要求");
    for line in letter.text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        document = document.paragraph(line);
    }
    if let Some(by) = letter.answer_by {
        document = document.paragraph(format!(
            "请于{}前签收并书面答复；无正当理由逾期不答复的，将按规定进入下一程序。",
            time(by)
        ));
    }
    if !of.base_url.is_empty() {
        document.code = Some(Code {
            text: format!("{}/letters/{}", of.base_url, letter.code),
            caption: "扫码签收、答复".to_owned(),
        });
    }
    document
}
