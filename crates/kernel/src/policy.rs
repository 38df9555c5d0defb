//! Who may do what: roles granted on a unit and inherited downwards, and one table of rules per area.
//!
//! A rule says: this action is open to this role, where the thing acted upon stands in this relation to a unit that the
//! role was granted on, or to any unit below it. The same table answers "may I?" ([`Policy::may`]) and "which ones may I
//! see in a list?" ([`Policy::visible`]), so that the two cannot disagree about the rule, only about its translation to
//! SQL, which each area tests on a generated population.

use crate::ctx::{Actor, Ctx, Person, Unit};
use crate::id::Id;
use crate::problem::{Problem, Result};

/// What a person is for. A closed list, because it is what non-programmers review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 系统管理员: accounts, settings. Sees no cases.
    SystemAdmin,
    /// 安全管理员: grants roles, resets second factors. Cannot make accounts.
    SecurityAdmin,
    /// 审计管理员: reads the audit log, opens sealed originals.
    Auditor,
    /// 文明办领导: sees everything, decides extensions, parking, rulings, supervision.
    Leader,
    /// 文明办工作人员: the daily business of the campaign.
    Office,
    /// 指挥中心派遣员: registers and dispatches.
    Dispatcher,
    /// 监督中心核查员: confirms, verifies, closes. Never of the handling unit.
    Verifier,
    /// 督查员: reports what they see on the street, looks where they are sent.
    Inspector,
    /// 责任单位负责人: answers for the unit.
    UnitHead,
    /// 责任单位经办人: handles and answers.
    UnitClerk,
}

impl Role {
    pub const ALL: [Role; 10] = [
        Role::SystemAdmin,
        Role::SecurityAdmin,
        Role::Auditor,
        Role::Leader,
        Role::Office,
        Role::Dispatcher,
        Role::Verifier,
        Role::Inspector,
        Role::UnitHead,
        Role::UnitClerk,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Role::SystemAdmin => "system-admin",
            Role::SecurityAdmin => "security-admin",
            Role::Auditor => "auditor",
            Role::Leader => "leader",
            Role::Office => "office",
            Role::Dispatcher => "dispatcher",
            Role::Verifier => "verifier",
            Role::Inspector => "inspector",
            Role::UnitHead => "unit-head",
            Role::UnitClerk => "unit-clerk",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// A role held on a unit and everything below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub role: Role,
    pub unit: Id<Unit>,
    pub reach: Reach,
}

/// Which units a grant covers, worked out once when the person is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Granted on the root: every unit, also things that belong to none.
    WholeCity,
    /// The unit and those below it, sorted.
    Units(Vec<Id<Unit>>),
}

impl Grant {
    pub fn covers(&self, unit: Id<Unit>) -> bool {
        match &self.reach {
            Reach::WholeCity => true,
            Reach::Units(units) => units.binary_search(&unit).is_ok(),
        }
    }
}

/// How a thing stands to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tie {
    /// The unit governs the place where it is (a street office, a community).
    Governs,
    /// The unit is the one that must act.
    Leads,
    /// The unit helps.
    Assists,
}

/// What a policy needs to know of the thing acted upon.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    pub ties: Vec<(Tie, Id<Unit>)>,
    /// Who made it, where that gives rights.
    pub owner: Option<Id<Person>>,
}

impl Standing {
    /// A thing of the city as a whole: only grants on the root reach it.
    pub fn city() -> Self {
        Self::default()
    }

    pub fn of(tie: Tie, unit: Id<Unit>) -> Self {
        Self { ties: vec![(tie, unit)], owner: None }
    }
}

/// Whom a rule lets pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody, signed in or not.
    Everyone,
    /// Anybody who has signed in.
    SignedIn,
    /// The person who made the thing.
    Owner,
    /// A holder of the role, where the thing has this tie to a unit that the grant covers.
    /// A grant on the root also covers things without a unit.
    Holder(Role, Tie),
}

/// One line of a policy table.
#[derive(Clone, Copy, Debug)]
pub struct Rule<A: 'static> {
    pub action: A,
    pub who: &'static [Who],
}

/// An action of an area; `code` appears in the golden table and in problems.
pub trait Action: Copy + PartialEq + std::fmt::Debug + 'static {
    const ALL: &'static [Self];
    fn code(self) -> &'static str;
}

/// The permissions of one area, whole on one page.
#[derive(Clone, Copy, Debug)]
pub struct Policy<A: 'static> {
    pub area: &'static str,
    pub rules: &'static [Rule<A>],
}

/// What an actor may see in lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visible {
    pub all: bool,
    pub ties: Vec<(Tie, Vec<Id<Unit>>)>,
    pub owner: Option<Id<Person>>,
}

impl Visible {
    pub fn nothing(&self) -> bool {
        !self.all && self.owner.is_none() && self.ties.iter().all(|(_, units)| units.is_empty())
    }
}

impl<A: Action> Policy<A> {
    fn who(&self, action: A) -> impl Iterator<Item = Who> + '_ {
        self.rules.iter().filter(move |r| r.action == action).flat_map(|r| r.who.iter().copied())
    }

    /// Whether the actor may do `action` to a thing of this standing. The system may do everything: its jobs are ours.
    pub fn may(&self, ctx: &Ctx, action: A, thing: &Standing) -> bool {
        if matches!(ctx.actor, Actor::System(_)) {
            return true;
        }
        self.who(action).any(|who| match who {
            Who::Everyone => true,
            Who::SignedIn => ctx.person().is_some(),
            Who::Owner => ctx.person().is_some() && ctx.person() == thing.owner,
            Who::Holder(role, tie) => ctx.grants().iter().filter(|g| g.role == role).any(|g| {
                g.reach == Reach::WholeCity || thing.ties.iter().any(|(t, unit)| *t == tie && g.covers(*unit))
            }),
        })
    }

    /// Like [`may`](Self::may), as a refusal: 401 for strangers, 404 where not even its existence may be known
    /// (`known` is false), else 403.
    pub fn require(&self, ctx: &Ctx, action: A, thing: &Standing, known: bool) -> Result<()> {
        if self.may(ctx, action, thing) {
            return Ok(());
        }
        Err(match (&ctx.actor, known) {
            (Actor::Public, _) => Problem::sign_in(),
            (_, false) => Problem::not_found(),
            (_, true) => Problem::forbidden().arg("action", format!("{}-{}", self.area, action.code())),
        })
    }

    /// Whether the actor could do `action` to anything at all: for menus and for doors to lists.
    pub fn somewhere(&self, ctx: &Ctx, action: A) -> bool {
        !self.visible(ctx, action).nothing()
    }

    /// Which things the actor may do `action` to, as a filter for lists.
    pub fn visible(&self, ctx: &Ctx, action: A) -> Visible {
        let mut visible = Visible::default();
        if matches!(ctx.actor, Actor::System(_)) {
            visible.all = true;
            return visible;
        }
        for who in self.who(action) {
            match who {
                Who::Everyone => visible.all = true,
                Who::SignedIn => visible.all |= ctx.person().is_some(),
                Who::Owner => visible.owner = ctx.person(),
                Who::Holder(role, tie) => {
                    for grant in ctx.grants().iter().filter(|g| g.role == role) {
                        match &grant.reach {
                            Reach::WholeCity => visible.all = true,
                            Reach::Units(units) => match visible.ties.iter_mut().find(|(t, _)| *t == tie) {
                                Some((_, have)) => have.extend(units),
                                None => visible.ties.push((tie, units.clone())),
                            },
                        }
                    }
                }
            }
        }
        for (_, units) in &mut visible.ties {
            units.sort_unstable();
            units.dedup();
        }
        visible
    }

    /// The role × action table in Markdown, for review by people who do not program.
    pub fn table(&self) -> String {
        use std::fmt::Write;
        let mut out = format!("## {}\n\n| action |", self.area);
        for role in Role::ALL {
            let _ = write!(out, " {} |", role.code());
        }
        out.push_str(" others |\n| --- |");
        out.push_str(&" --- |".repeat(Role::ALL.len() + 1));
        out.push('\n');
        for action in A::ALL {
            let _ = write!(out, "| {} |", action.code());
            for role in Role::ALL {
                let ties: Vec<&str> = self
                    .who(*action)
                    .filter_map(|w| match w {
                        Who::Holder(r, tie) if r == role => Some(tie_word(tie)),
                        _ => None,
                    })
                    .collect();
                let _ = write!(out, " {} |", ties.join(", "));
            }
            let others: Vec<&str> = self
                .who(*action)
                .filter_map(|w| match w {
                    Who::Everyone => Some("everyone"),
                    Who::SignedIn => Some("signed in"),
                    Who::Owner => Some("owner"),
                    Who::Holder(..) => None,
                })
                .collect();
            let _ = writeln!(out, " {} |", others.join(", "));
        }
        out
    }
}

fn tie_word(tie: Tie) -> &'static str {
    match tie {
        Tie::Governs => "governs",
        Tie::Leads => "leads",
        Tie::Assists => "assists",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ctx::{CityCode, Locale, Member};
    use crate::time::Instant;
    use std::sync::Arc;

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Act {
        See,
        Do,
    }
    impl Action for Act {
        const ALL: &'static [Self] = &[Act::See, Act::Do];
        fn code(self) -> &'static str {
            match self {
                Act::See => "see",
                Act::Do => "do",
            }
        }
    }
    const POLICY: Policy<Act> = Policy {
        area: "test",
        rules: &[
            Rule { action: Act::See, who: &[Who::Owner, Who::Holder(Role::Office, Tie::Governs)] },
            Rule { action: Act::Do, who: &[Who::Holder(Role::UnitClerk, Tie::Leads)] },
        ],
    };

    fn ctx(grants: Vec<Grant>) -> Ctx {
        let member = Member { id: Id::new(7), name: "甲".into(), grants };
        Ctx {
            city: CityCode::parse("620200").unwrap(),
            actor: Actor::Member(Arc::new(member)),
            now: Instant(0),
            locale: Locale::ZhCn,
            request_id: "t".into(),
        }
    }

    #[test]
    fn a_grant_reaches_down_and_no_further() {
        let clerk = ctx(vec![Grant {
            role: Role::UnitClerk,
            unit: Id::new(1),
            reach: Reach::Units(vec![Id::new(1), Id::new(2)]),
        }]);
        assert!(POLICY.may(&clerk, Act::Do, &Standing::of(Tie::Leads, Id::new(2))));
        assert!(!POLICY.may(&clerk, Act::Do, &Standing::of(Tie::Leads, Id::new(3))));
        assert!(!POLICY.may(&clerk, Act::Do, &Standing::of(Tie::Assists, Id::new(2))));
        assert!(!POLICY.may(&clerk, Act::Do, &Standing::city()));
        let own = Standing { owner: Some(Id::new(7)), ..Standing::default() };
        assert!(POLICY.may(&clerk, Act::See, &own));
    }

    #[test]
    fn a_grant_on_the_root_reaches_what_has_no_unit() {
        let office = ctx(vec![Grant { role: Role::Office, unit: Id::new(1), reach: Reach::WholeCity }]);
        assert!(POLICY.may(&office, Act::See, &Standing::city()));
        assert!(POLICY.visible(&office, Act::See).all);
        assert!(!POLICY.may(&office, Act::Do, &Standing::city()));
    }

    #[test]
    fn refusals_tell_strangers_to_sign_in_and_hide_what_may_not_be_known() {
        let stranger = Ctx::public(CityCode::parse("620200").unwrap(), Instant(0), Locale::En, "t");
        assert_eq!(POLICY.require(&stranger, Act::See, &Standing::city(), true).unwrap_err().status, 401);
        let nobody = ctx(vec![]);
        assert_eq!(POLICY.require(&nobody, Act::See, &Standing::city(), false).unwrap_err().status, 404);
        assert_eq!(POLICY.require(&nobody, Act::See, &Standing::city(), true).unwrap_err().status, 403);
    }
}
