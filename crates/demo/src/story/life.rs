//! What is done to one case, step by step, on a clock that counts fractions of its limit.

use super::types::{Act, Actor, Found, Limit, Source, Step, TimeUnit};
use super::words::{self, note};
use crate::arith;
use crate::dice::Dice;
use crate::pictures::Problem;
use crate::when::Moment;
use crate::worktime::{DUTY_MINUTES, WorkTime};

/// What has to be known of a case to live it.
pub(super) struct Birth {
    pub(super) limit: Limit,
    pub(super) source: Source,
    /// The inspector who reported it, who may not verify it.
    pub(super) inspector: Option<usize>,
    pub(super) reported: Moment,
    pub(super) unit: usize,
    /// A unit it may be sent to by mistake.
    pub(super) wrong: usize,
    pub(super) problem: Problem,
    pub(super) now: Moment,
}

/// A life in the making.
pub(super) struct Life<'a> {
    pub(super) dice: &'a mut Dice,
    pub(super) work: &'a WorkTime,
    pub(super) b: &'a Birth,
    pub(super) steps: Vec<Step>,
    /// When it is due, and since when that is known.
    pub(super) dues: Vec<(Moment, Moment)>,
}

impl<'a> Life<'a> {
    /// A life with nothing in it.
    pub(super) fn new(dice: &'a mut Dice, work: &'a WorkTime, b: &'a Birth) -> Self {
        Self { dice, work, b, steps: Vec::new(), dues: Vec::new() }
    }

    /// When it is due, as known now.
    pub(super) fn due(&self) -> Option<Moment> {
        self.dues.iter().rfind(|d| d.0 < self.b.now).map(|d| d.1)
    }

    /// From the last step on it is due at this moment.
    pub(super) fn set_due(&mut self, due: Moment) {
        self.dues.push((self.last(), due));
    }

    /// Writes down a step; steps of one life never share a moment and never run backwards.
    pub(super) fn push(&mut self, at: Moment, by: Actor, act: Act) -> Moment {
        let at = self.steps.last().map_or(at, |s| Moment(at.0.max(s.at.0 + 20)));
        let at = if self.steps.is_empty() { at } else { at.plus_seconds(self.dice.between(0, 19)) };
        self.steps.push(Step { at, by, act });
        at
    }

    fn urgent(&self) -> bool {
        self.b.limit.unit == TimeUnit::UrgentHour
    }

    /// The next moment between 08:00 and 20:00, when the desk is manned; at once if urgent.
    fn shift(&self, at: Moment) -> Moment {
        match at.hour() {
            _ if self.urgent() => at,
            ..8 => at.day().at(8, 2),
            8..20 => at,
            _ => at.day().plus(1).at(8, 2),
        }
    }

    /// The moment at a fraction of the limit counted from `start`.
    pub(super) fn point(&self, start: Moment, fraction: f64) -> Moment {
        let Limit { value, unit } = self.b.limit;
        let amount = f64::from(value) * fraction;
        match unit {
            TimeUnit::UrgentHour => start.plus_minutes(arith::whole(amount * 60.0)),
            TimeUnit::WorkingHour => self.work.after_duty(start, arith::whole(amount * 60.0)),
            TimeUnit::WorkingDay => {
                self.work.after_duty(start, arith::whole(amount * arith::real_of(DUTY_MINUTES)))
            }
            TimeUnit::CalendarDay => self.shift(start.plus_minutes(arith::whole(amount * 1_440.0))),
        }
    }

    /// When it is due if the clock starts at `start` and so much more is granted.
    pub(super) fn due_from(&self, start: Moment, more: u32) -> Moment {
        let value = i64::from(self.b.limit.value + more);
        match self.b.limit.unit {
            TimeUnit::UrgentHour => start.plus_minutes(value * 60),
            TimeUnit::WorkingHour => self.work.after_duty(start, value * 60),
            TimeUnit::WorkingDay => self.work.after_days(start, value),
            TimeUnit::CalendarDay => start.day().plus(value).at(18, 0),
        }
    }

    /// An acceptor.
    pub(super) fn acceptor(&mut self) -> Actor {
        Actor::Acceptor(self.dice.below(4))
    }

    /// A dispatcher.
    pub(super) fn dispatcher(&mut self) -> Actor {
        Actor::Dispatcher(self.dice.below(3))
    }

    /// A leader.
    pub(super) fn leader(&mut self) -> Actor {
        Actor::Leader(self.dice.below(2))
    }

    /// An inspector who did not report it.
    pub(super) fn inspector(&mut self) -> Actor {
        let n = self.dice.below(12);
        Actor::Inspector(if self.b.inspector == Some(n) { (n + 1) % 12 } else { n })
    }

    /// Report and, for what strangers report, a look on the spot. False when there is nothing to go on with.
    pub(super) fn arrive(&mut self) -> bool {
        let by = self.b.inspector.map_or(Actor::Reporter, Actor::Inspector);
        let at = self.push(self.b.reported, by, Act::Report);
        if !matches!(self.b.source, Source::Snapshot | Source::Hotline) {
            return true;
        }
        let wait = if self.urgent() { self.dice.between(6, 25) } else { self.dice.between(12, 130) };
        let mut seen = self.shift(at.plus_minutes(wait));
        let who = self.inspector();
        if self.dice.chance(0.012) {
            let note = note(self.dice, &["位置描述不清，已联系补充", "照片无法辨认，再次前往核实"]);
            seen = self.push(seen, who, Act::Confirm { found: Found::Unclear, note });
            let drawn = self.dice.between(40, 120);
            seen = self.shift(seen.plus_minutes(drawn));
        }
        if self.dice.chance(0.085) {
            let note = note(
                self.dice,
                &["现场未发现所反映的问题", "到场时已自行清理", "该处已有施工公示，属正常作业"],
            );
            let at = self.push(seen, who, Act::Confirm { found: Found::NotThere, note });
            let by = self.acceptor();
            let drawn = self.dice.between(4, 30);
            let later = self.shift(at.plus_minutes(drawn));
            let reason = "经核实问题不存在，已告知反映人。".to_owned();
            self.push(later, by, Act::Void { reason });
            return false;
        }
        let note = note(self.dice, &["情况属实", "现场属实，已补拍远近景", "属实，范围比照片略大", "属实"]);
        self.push(seen, who, Act::Confirm { found: Found::There, note });
        true
    }

    /// The last moment so far.
    pub(super) fn last(&self) -> Moment {
        self.steps.last().map_or(self.b.reported, |s| s.at)
    }

    /// Registration; the clock starts here.
    pub(super) fn register(&mut self) -> Moment {
        let wait = self.dice.between(3, 22);
        let at = self.shift(self.last().plus_minutes(wait));
        let by = self.acceptor();
        let note = note(self.dice, &["符合立案条件，予以立案。", "同意立案。", "立案，请按时限处置。"]);
        let at = self.push(at, by, Act::Register { note });
        let due = self.due_from(at, 0);
        self.set_due(due);
        at
    }

    /// The life of a child: the clock starts with the split.
    pub(super) fn begin(&mut self, at: Moment) {
        let due = self.due_from(at, 0);
        self.dues.push((at, due));
        self.handle(at);
    }

    /// Sends it to a unit.
    pub(super) fn dispatch(&mut self, at: Moment, unit: usize) -> Moment {
        let by = self.dispatcher();
        let note = note(
            self.dice,
            &["请按职责处置并反馈。", "请于时限内办结。", "请现场处置，拍照反馈。", "请核实并处理。"],
        );
        self.push(at, by, Act::Dispatch { unit, note })
    }

    /// From dispatch to closing, one way or another. `start` is when the clock started.
    pub(super) fn handle(&mut self, start: Moment) {
        let brisk = start.plus_minutes(self.dice.between(2, 18));
        let at = Moment(brisk.0.min(self.point(start, 0.09).0).max(start.0));
        let unit = self.b.unit;
        let returned = self.dice.chance(0.033) && self.b.wrong != unit;
        self.dispatch(at, if returned { self.b.wrong } else { unit });
        if returned {
            let drawn = self.dice.real(0.11, 0.17);
            let at = self.point(start, drawn);
            let reason = note(
                self.dice,
                &[
                    "经查不属本单位职责范围，请改派。",
                    "该处设施权属不在我单位。",
                    "该路段已移交，现由其他单位管养。",
                ],
            );
            self.push(at, Actor::Unit(self.b.wrong), Act::Return { reason });
            let at = self.point(start, 0.2);
            self.dispatch(at, unit);
        }
        if self.dice.chance(0.004) {
            let by = self.acceptor();
            let at = self.point(start, 0.25);
            self.push(at, by, Act::Void { reason: "与其他渠道案件重复登记，作废。".to_owned() });
            return;
        }
        let long = matches!(self.b.limit.unit, TimeUnit::WorkingDay | TimeUnit::CalendarDay)
            && self.b.limit.value >= 3;
        if long && self.dice.chance(0.11) {
            self.park(start);
        } else if long && self.dice.chance(0.16) {
            self.extend(start);
        } else if self.dice.chance(0.06) {
            self.late(start);
        } else if self.dice.chance(0.042) {
            let first = self.dice.real(0.26, 0.36);
            self.answer(start, first);
            self.verify(start, first + 0.1, false);
            self.finish(start, 0.58, 0.92);
        } else {
            let fraction = self.dice.real(0.22, 0.5) + self.dice.real(0.0, 0.2);
            self.finish(start, fraction, 0.92);
        }
    }

    fn answer(&mut self, start: Moment, fraction: f64) {
        let text = words::answer(self.dice, self.b.problem);
        let at = self.point(start, fraction);
        self.push(at, Actor::Unit(self.b.unit), Act::Answer { text });
    }

    fn verify(&mut self, start: Moment, fraction: f64, passed: bool) {
        let by = self.inspector();
        let at = self.point(start, fraction);
        let note = if passed {
            note(self.dice, &["现场已恢复，通过。", "核查通过。", "已整改到位。", "问题已消除。"])
        } else {
            note(
                self.dice,
                &["仍有残留，未通过，请返工。", "只清理了一半，返工。", "现场未见变化，请重新处置。"],
            )
        };
        self.push(at, by, Act::Verify { passed, note });
    }

    /// Answer, verify, close, from one fraction of the limit to another.
    pub(super) fn finish(&mut self, start: Moment, from: f64, until: f64) {
        self.answer(start, from);
        let left = until - from;
        let seen = from + left * self.dice.real(0.3, 0.6);
        self.verify(start, seen, true);
        let drawn = self.dice.real(0.3, 0.9);
        let at = self.point(start, seen + (until - seen) * drawn);
        let by = self.acceptor();
        let note = note(self.dice, &["处置完成，予以结案。", "核查通过，结案。", "同意结案。"]);
        let closed = self.push(at, by, Act::Close { note });
        self.after(closed);
    }

    /// Appraisal and, now and then, a contest.
    pub(super) fn after(&mut self, closed: Moment) {
        let told = matches!(self.b.source, Source::Snapshot | Source::Hotline);
        if !told {
            return;
        }
        let again = self.steps.iter().any(|s| matches!(s.act, Act::Reopen { .. }));
        if !again && self.dice.chance(0.021) {
            self.contest(closed);
            return;
        }
        if self.dice.chance(if again { 0.9 } else { 0.42 }) {
            let drawn = self.dice.between(15, 3_000);
            let at = awake(closed.plus_minutes(drawn));
            let score = [1, 2, 3, 4, 5][self.dice.weighted(&[0.015, 0.025, 0.08, 0.3, 0.58])];
            let text = match score {
                4 | 5 => note(self.dice, &["", "", "处理很快，点赞", "谢谢", "比想象的快", "处理得挺干净"]),
                3 => note(self.dice, &["还行", "处理了，希望能保持", ""]),
                _ => note(self.dice, &["处理得不彻底", "没过两天又这样了", "时间太长"]),
            };
            self.push(at, Actor::Reporter, Act::Rate { score, text });
        }
    }
}

/// When a citizen is up.
pub(super) fn awake(at: Moment) -> Moment {
    match at.hour() {
        ..7 => at.day().at(7, 30),
        7..22 => at,
        _ => at.day().plus(1).at(8, 10),
    }
}
