//! Units and the people who work in them.

use super::{Made, PASSWORD};
use crate::story::{self, Actor, Roster};
use crate::town::{self, Town, UnitKind};
use kernel::ctx::{Actor as Who, Ctx, Member, Unit};
use kernel::id::Id;
use kernel::policy::{Grant, Reach, Role};
use kernel::problem::{Problem, Result};
use people::commands::edit_contact;
use people::model::Contact;
use people::{UnitRow, password, setup};
use std::sync::Arc;
use web::City;

/// The town's people, as those who act.
pub(super) struct Folk {
    pub(super) units: Vec<UnitRow>,
    inspectors: Vec<Arc<Member>>,
    acceptors: Vec<Arc<Member>>,
    dispatchers: Vec<Arc<Member>>,
    leaders: Vec<Arc<Member>>,
    clerks: Vec<Arc<Member>>,
}

impl Folk {
    pub(super) fn unit(&self, n: usize) -> Result<Id<Unit>> {
        self.units.get(n).map(|u| u.id).ok_or_else(|| Problem::internal(format!("no unit {n}")))
    }

    /// The circumstances in which `actor` acts.
    pub(super) fn ctx(&self, base: &Ctx, actor: Actor) -> Ctx {
        let of = |list: &[Arc<Member>], n: usize| list.get(n % list.len().max(1)).cloned();
        let member = match actor {
            Actor::Reporter => None,
            Actor::Inspector(n) => of(&self.inspectors, n),
            Actor::Acceptor(n) => of(&self.acceptors, n),
            Actor::Dispatcher(n) => of(&self.dispatchers, n),
            Actor::Leader(n) => of(&self.leaders, n),
            Actor::Unit(n) => of(&self.clerks, n),
        };
        Ctx { actor: member.map_or(Who::Public, Who::Member), ..base.clone() }
    }
}

/// One account to be made.
struct Post {
    login: String,
    name: String,
    unit: usize,
    roles: Vec<Role>,
}

pub(super) fn settle(city: &City, ctx: &Ctx, town: &Town, seed: u64, made: &mut Made) -> Result<Folk> {
    let hash = password::hash(PASSWORD)?;
    let roster = story::roster(seed);
    let posts = posts(town, &roster);
    let outer = ctx.clone();
    let (units, people) = {
        let (ctx, town, hash) = (ctx.clone(), town.clone(), hash.clone());
        let name = city.name();
        let work = move |tx: &mut store::Tx<'_>| {
            let mut units: Vec<UnitRow> = Vec::with_capacity(town.units.len());
            for unit in &town.units {
                let row = match unit.parent.and_then(|p| units.get(p).cloned()) {
                    None => setup::root(tx, &ctx, &name)?,
                    Some(parent) => setup::unit(tx, &ctx, &parent, &unit.name, &unit.short, kind(unit.kind))?,
                };
                // whom to ask there: its head, with a number that belongs to nobody
                let contact = Contact { name: unit.leader.clone(), phone: town::phone(1_000 + units.len()) };
                units.push(edit_contact(tx, &ctx, row.id, contact)?);
            }
            let mut people = Vec::with_capacity(posts.len());
            for post in posts {
                let at = units.get(post.unit).ok_or_else(|| Problem::internal("a post without a unit"))?;
                let root = units.first().ok_or_else(|| Problem::internal("a town without units"))?;
                let city_wide = !matches!(post.roles.first(), Some(Role::UnitClerk | Role::UnitHead));
                let on = if city_wide { root } else { at };
                let roles: Vec<(Role, &UnitRow)> = post.roles.iter().map(|r| (*r, on)).collect();
                let row = setup::person(tx, &ctx, at, &post.login, &post.name, hash.clone(), false, &roles)?;
                let grants = post
                    .roles
                    .iter()
                    .map(|role| Grant {
                        role: *role,
                        unit: on.id,
                        reach: if city_wide { Reach::WholeCity } else { Reach::Units(vec![at.id]) },
                    })
                    .collect();
                people.push((post.login, Arc::new(Member { id: row.id, name: post.name, grants })));
            }
            Ok((units, people))
        };
        city.db().write_now(&outer, work)?
    };
    made.units = units.len();
    made.accounts = people.len();
    let with = |start: &str| {
        people
            .iter()
            .filter(|(login, _)| login.starts_with(start))
            .map(|(_, m)| Arc::clone(m))
            .collect::<Vec<_>>()
    };
    Ok(Folk {
        inspectors: with("inspector"),
        acceptors: with("office"),
        dispatchers: with("dispatcher"),
        leaders: with("leader"),
        clerks: with("unit-"),
        units,
    })
}

fn kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::City => "city",
        UnitKind::Office => "party_government",
        UnitKind::Bureau => "bureau",
        UnitKind::Service => "service",
        UnitKind::Street => "street_office",
        UnitKind::School => "school",
        UnitKind::Hospital => "hospital",
        UnitKind::Company => "company",
    }
}

/// Who is to have an account: the three administrators, the office's people, and one clerk and one head a unit.
fn posts(town: &Town, roster: &Roster) -> Vec<Post> {
    let office = town.units.iter().position(|u| u.kind == UnitKind::Office).unwrap_or(0);
    let mut posts = Vec::new();
    let mut add = |login: String, name: &str, unit: usize, roles: &[Role]| {
        posts.push(Post { login, name: name.to_owned(), unit, roles: roles.to_vec() });
    };
    add("system-admin".into(), "系统管理员", office, &[Role::SystemAdmin]);
    add("security-admin".into(), "安全管理员", office, &[Role::SecurityAdmin]);
    add("auditor".into(), "审计管理员", office, &[Role::Auditor]);
    for (n, person) in roster.leaders.iter().enumerate() {
        add(format!("leader-{}", n + 1), &person.name, office, &[Role::Leader]);
    }
    for (n, person) in roster.acceptors.iter().enumerate() {
        add(format!("office-{}", n + 1), &person.name, office, &[Role::Office]);
    }
    for (n, person) in roster.dispatchers.iter().enumerate() {
        add(format!("dispatcher-{}", n + 1), &person.name, office, &[Role::Dispatcher]);
    }
    for (n, person) in roster.inspectors.iter().enumerate() {
        add(format!("inspector-{}", n + 1), &person.name, office, &[Role::Inspector, Role::Verifier]);
    }
    for (n, unit) in town.units.iter().enumerate() {
        add(format!("unit-{}", unit.key), &format!("{}经办人", unit.short), n, &[Role::UnitClerk]);
        add(format!("head-{}", unit.key), &unit.leader, n, &[Role::UnitHead]);
    }
    posts
}
