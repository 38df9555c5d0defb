//! The less straight ways of a life: contest, extension, parking, lateness.

use super::life::{Life, awake};
use super::types::{Act, Actor};
use super::words::{self, note};
use crate::when::Moment;
use crate::worktime::DUTY_MINUTES;

impl Life<'_> {
    /// The reporter says it is not fixed; mostly it is taken up again.
    pub(super) fn contest(&mut self, closed: Moment) {
        let drawn = self.dice.between(600, 8_000);
        let at = awake(closed.plus_minutes(drawn));
        let text = note(
            self.dice,
            &[
                "现场根本没有处理，照片不是这里",
                "只清理了表面，第二天又恢复原样",
                "处理的位置不对，我反映的是马路对面",
            ],
        );
        let at = self.push(at, Actor::Reporter, Act::Contest { text });
        let by = self.leader();
        let at = self.work.after_duty(at, self.dice.between(30, 200));
        if self.dice.chance(0.2) {
            let reason = "经复查已处置到位，反映的为新发生问题，请另行上报。".to_owned();
            self.push(at, by, Act::DismissContest { reason });
            return;
        }
        let note = note(self.dice, &["经复查情况属实，重新处置。", "反映人异议成立，恢复办理。"]);
        let start = self.push(at, by, Act::Reopen { note });
        let due = self.due_from(start, 0);
        self.set_due(due);
        let at = start.plus_minutes(self.dice.between(2, 8));
        self.dispatch(at, self.b.unit);
        let fraction = self.dice.real(0.25, 0.6);
        self.finish(start, fraction, 0.92);
    }

    /// More time is asked for, and granted or not.
    pub(super) fn extend(&mut self, start: Moment) {
        let reason = note(
            self.dice,
            &[
                "配件需外地采购，申请延期",
                "涉及多方协调，申请延期",
                "连日大风无法高空作业，申请延期",
                "需夜间封闭施工，申请延期",
            ],
        );
        let more = self.b.limit.value.div_ceil(2);
        let drawn = self.dice.real(0.4, 0.55);
        let at = self.point(start, drawn);
        self.push(at, Actor::Unit(self.b.unit), Act::AskExtension { reason, more });
        let at = self.point(start, 0.62);
        let by = self.leader();
        if self.dice.chance(0.76) {
            self.push(at, by, Act::GrantExtension { note: "情况属实，同意延期一次。".to_owned() });
            let due = self.due_from(start, more);
            self.set_due(due);
            let from = self.dice.real(0.85, 1.05);
            self.finish(start, from, 1.3);
        } else {
            let reason = "理由不充分，请按原时限完成。".to_owned();
            self.push(at, by, Act::RefuseExtension { reason });
            self.finish(start, 0.72, 0.93);
        }
    }

    /// It is parked until a day; life goes on if that day has come.
    pub(super) fn park(&mut self, start: Moment) {
        let reason = note(
            self.dice,
            &[
                "已列入下一年度改造计划，申请挂账",
                "冬季无法铺装，待开春施工",
                "权属单位正在移交，申请挂账",
                "需等管网改造后一并恢复",
            ],
        );
        let drawn = self.dice.real(0.25, 0.4);
        let asked = self.point(start, drawn);
        let until = self.work.next_duty(asked.day().plus(self.dice.between(40, 270)).at(9, 0));
        self.push(asked, Actor::Unit(self.b.unit), Act::AskParking { reason, until });
        let at = self.point(start, 0.45);
        let by = self.leader();
        self.push(at, by, Act::Park { note: "同意挂账，到期恢复办理。".to_owned(), until });
        if until > self.b.now {
            return;
        }
        let by = self.dispatcher();
        let start = self.push(until, by, Act::Resume { note: "挂账到期，恢复办理。".to_owned() });
        let due = self.point(start, 0.5);
        self.set_due(due);
        let from = self.dice.real(0.15, 0.3);
        self.finish(start, from, 0.46);
    }

    /// Past the limit, with reminders and letters; some are never answered.
    pub(super) fn late(&mut self, start: Moment) {
        let Some((_, due)) = self.dues.last().copied() else { return };
        let by = self.dispatcher();
        let at = self.work.after_duty(due, self.dice.between(20, 90));
        let note = note(self.dice, &["已超时，请立即处置并反馈。", "案件超期，请说明原因。"]);
        self.push(at, by, Act::Remind { note });
        let recent = self.b.now.day().since(start.day()) < 80;
        let stuck = recent && self.dice.chance(0.78);
        let days = if stuck { 9 } else { self.dice.weighted(&[0.5, 0.2, 0.12, 0.08, 0.06, 0.04]) };
        if days >= 2 {
            let by = self.leader();
            let at = self.work.after_duty(due, DUTY_MINUTES + self.dice.between(30, 200));
            let text = "督办：请在两个工作日内办结，并书面说明超期原因。".to_owned();
            self.push(at, by, Act::Supervise { text });
        }
        if stuck {
            return;
        }
        let over = i64::try_from(days).unwrap_or(0) * DUTY_MINUTES + self.dice.between(100, 300);
        let mut at = self.work.after_duty(due, over);
        let text = words::answer(self.dice, self.b.problem);
        at = self.push(at, Actor::Unit(self.b.unit), Act::Answer { text });
        let by = self.inspector();
        at = self.work.after_duty(at, self.dice.between(15, 90));
        at = self.push(at, by, Act::Verify { passed: true, note: "核查通过。".to_owned() });
        let by = self.acceptor();
        at = self.work.after_duty(at, self.dice.between(5, 25));
        let closed = self.push(at, by, Act::Close { note: "超期办结，予以结案。".to_owned() });
        self.after(closed);
    }
}
