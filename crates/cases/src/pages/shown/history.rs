//! What happened, in plain sentences, newest first.

use super::pictures::Pictures;
use crate::masked::tells_everybody;
use store::audit::HistoryLine;
use web::Ui;
use web::parts::Line;

/// Who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// Everybody: no names, no words of persons but the answer.
    Public,
    /// Whoever holds the report's link: no names, with the reasons they were given.
    Reporter,
    /// The unit, which must not learn who reported.
    Unit,
    Office,
}

impl Reader {
    fn is_outside(self) -> bool {
        matches!(self, Reader::Public | Reader::Reporter)
    }
}

/// Icon and mood of a verb.
fn look(verb: &str) -> (&'static str, &'static str) {
    match verb {
        "case.reported" => ("flag", ""),
        "case.imported" => ("file-import", ""),
        "case.confirmed" | "case.time-granted" => ("check", "ok"),
        "case.refused" | "case.dropped" => ("ban", "late"),
        "case.registered" => ("file-certificate", "brand"),
        "case.dispatched" | "case.redispatched" => ("send", "brand"),
        "case.dispatched-by-rule" => ("wand", ""),
        "routing.stuck" | "routing.refused" => ("alert-triangle", "soon"),
        "case.received" => ("check", ""),
        "case.answered" => ("camera", "ok"),
        "case.passed" => ("clipboard-check", "ok"),
        "case.rework" | "case.recurred" | "case.is-recurrence" | "case.recalled" => ("repeat", "late"),
        "case.closed" => ("checks", "ok"),
        "case.contested" => ("message-report", "late"),
        "case.upheld" | "case.reopened" => ("gavel", "brand"),
        "case.parked" => ("player-pause", ""),
        "case.resumed" => ("player-play", ""),
        "case.merged" | "case.unmerged" | "case.took-in" | "case.gave-back" => ("git-fork", ""),
        "case.rated" => ("mood-smile", ""),
        "case.returned" => ("arrow-back-up", "late"),
        "case.disputed" | "case.ruled" => ("scale", ""),
        "case.split" | "case.gathered" | "case.part-made" => ("subtask", ""),
        "case.inquired" | "case.question-wished" => ("help-circle", "soon"),
        "case.replied" | "case.forward-answered" => ("message-2", "ok"),
        "case.drawn" | "case.looked-at" => ("eye", ""),
        "case.voice" => ("thumb-up", ""),
        "case.forwarded" | "case.forward-again" | "case.forward-taken" | "case.forward-withdrawn" => {
            ("arrow-forward-up", "")
        }
        "case.forward-reminded" | "case.forward-lapsed" => ("hourglass", "soon"),
        "case.assigned" | "case.unassigned" | "case.handed-back" | "case.handler-changed" => {
            ("user-check", "")
        }
        "case.recording-added" | "case.recording-heard" => ("microphone", ""),
        "case.recording-typed" => ("writing", ""),
        "case.photo-covered" | "case.photo-uncovered" | "case.words-struck" => ("eye-off", ""),
        "case.voided" => ("trash", ""),
        "case.supervised" | "case.summoned" => ("speakerphone", "late"),
        "case.reminded" => ("bell", "soon"),
        "case.letter-read" | "case.letter-answered" | "case.supervision-read" => ("mail", ""),
        "case.letter-withdrawn" | "case.recurrence-ended" => ("rotate-2", ""),
        "case.time-asked" | "case.question-lapsed" | "case.question-refused" => ("hourglass", ""),
        "case.time-refused" => ("x", "late"),
        "case.deadline-recomputed" | "case.result-recomputed" => ("calendar-event", ""),
        "case.followed" => ("bell", ""),
        "case.remarked" | "case.heard" => ("message-2", ""),
        _ => ("pencil", ""),
    }
}

/// Words of persons that people outside may read too: what the unit says it did, and reasons meant for the reporter.
fn may_read_words(reader: Reader, verb: &str) -> bool {
    match reader {
        Reader::Office | Reader::Unit => true,
        Reader::Reporter => {
            matches!(
                verb,
                "case.answered"
                    | "case.refused"
                    | "case.closed"
                    | "case.upheld"
                    | "case.reopened"
                    | "case.contested"
                    | "case.inquired"
                    | "case.replied"
                    | "case.recalled"
            )
        }
        Reader::Public => matches!(verb, "case.answered"),
    }
}

pub(crate) fn history(ui: &Ui, lines: &[HistoryLine], reader: Reader, pictures: &Pictures) -> Vec<Line> {
    lines.iter().rev().filter_map(|line| sentence(ui, line, reader, pictures)).collect()
}

fn sentence(ui: &Ui, line: &HistoryLine, reader: Reader, pictures: &Pictures) -> Option<Line> {
    let (icon, mood) = look(&line.verb);
    if reader.is_outside() && !tells_everybody(&line.verb) {
        return None;
    }
    let by_reporter = matches!(
        line.verb.as_str(),
        "case.reported"
            | "case.contested"
            | "case.rated"
            | "case.followed"
            | "case.remarked"
            | "case.recording-added"
            | "case.heard"
            | "case.voice"
    );
    let meta = match reader {
        Reader::Public | Reader::Reporter => String::new(),
        // also where somebody of the office wrote down what was said on the telephone
        Reader::Unit if line.verb == "case.replied" => ui.t("case-reporter-hidden"),
        Reader::Unit if by_reporter => ui.t("case-reporter-hidden"),
        _ if line.verb == "case.forward-answered" => ui.t("case-by-party"),
        _ if !line.actor_name.is_empty() => line.actor_name.clone(),
        _ if line.actor == "public" => ui.t("case-by-citizen"),
        _ => ui.t("case-by-program"),
    };
    let words = line.words().filter(|_| may_read_words(reader, &line.verb)).unwrap_or_default();
    let covered = match reader {
        Reader::Office | Reader::Reporter => words,
        Reader::Unit => kernel::masking::mask_text(&words, kernel::masking::Audience::Unit),
        Reader::Public => kernel::masking::mask_text(&words, kernel::masking::Audience::Public),
    };
    Some(Line {
        icon,
        mood,
        text: web::events::sentence(ui, line),
        at: Some(line.at),
        meta,
        note: covered,
        photos: pictures.added_at(line.at),
    })
}
