//! A small city with people in it.

use kernel::ctx::{Actor, Ctx, Member};
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use people::model::{Days, PersonFacts, PersonId};
use people::{AccountRow, UnitRow, commands, recognise, setup};
use std::sync::{Arc, LazyLock};
use store::{Migration, Tx};
use testkit::TestDb;

/// The tables that stories need: notices (of `web`) and ours.
pub(crate) const MIGRATIONS: &[Migration] = testkit::migrations!(web, people);

pub(crate) const PASSWORD: &str = "bicycle 47 lantern";

/// Hashed once: it is slow on purpose.
pub(crate) static HASH: LazyLock<String> = LazyLock::new(|| people::password::hash(PASSWORD).unwrap());

/// The city, a bureau with a school below it, a street office, and one person for each role that stories need.
pub(crate) struct Town {
    pub(crate) root: UnitRow,
    pub(crate) bureau: UnitRow,
    pub(crate) school: UnitRow,
    pub(crate) street: UnitRow,
    pub(crate) system: AccountRow,
    pub(crate) security: AccountRow,
    pub(crate) auditor: AccountRow,
    pub(crate) head: AccountRow,
    pub(crate) clerk: AccountRow,
}

pub(crate) fn town(t: &TestDb) -> Town {
    let ctx = t.ctx_system();
    let ctx_in = ctx.clone();
    t.db.write_now(&ctx, move |tx| {
        people::settings::ADMINISTRATORS_NEED_FACTOR.set(tx, &ctx_in, &false)?;
        let ctx = &ctx_in;
        let root = setup::root(tx, ctx, "嘉峪关市")?;
        let bureau = setup::unit(tx, ctx, &root, "市教育局", "教育局", "bureau")?;
        let school = setup::unit(tx, ctx, &bureau, "明珠小学", "", "school")?;
        let street = setup::unit(tx, ctx, &root, "雄关街道办事处", "雄关街道", "street_office")?;
        let mut person = |unit: &UnitRow, login: &str, name: &str, roles: &[(Role, &UnitRow)]| {
            setup::person(tx, ctx, unit, login, name, HASH.clone(), false, roles)
        };
        Ok(Town {
            system: person(&root, "system", "赵一", &[(Role::SystemAdmin, &root)])?,
            security: person(&root, "security", "钱二", &[(Role::SecurityAdmin, &root)])?,
            auditor: person(&root, "auditor", "孙三", &[(Role::Auditor, &root)])?,
            head: person(&bureau, "head", "李四", &[(Role::UnitHead, &bureau)])?,
            clerk: person(&school, "clerk", "周五", &[(Role::UnitClerk, &school)])?,
            root,
            bureau,
            school,
            street,
        })
    })
    .unwrap()
}

/// The circumstances of a person's request, with the roles they may use now.
pub(crate) fn as_person(t: &TestDb, person: &AccountRow) -> Ctx {
    let id = person.id;
    let grants = t.db.read_now(move |tx| recognise::grants_of(tx, id)).unwrap();
    let member = Member { id, name: person.name.clone(), grants };
    Ctx { actor: Actor::Member(Arc::new(member)), ..t.ctx_system() }
}

/// Runs a command as a person.
pub(crate) fn act<T, F>(t: &TestDb, person: &AccountRow, work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&mut Tx<'_>, &Ctx) -> Result<T> + Send + 'static,
{
    let ctx = as_person(t, person);
    let ctx_in = ctx.clone();
    t.db.write_now(&ctx, move |tx| work(tx, &ctx_in))
}

pub(crate) fn code<T>(result: Result<T>) -> String {
    match result {
        Ok(_) => "ok".to_owned(),
        Err(Problem { code: "invalid", fields, .. }) => {
            fields.iter().map(|f| format!("{}:{}", f.field, f.code)).collect::<Vec<_>>().join(" ")
        }
        Err(problem) => problem.code.to_owned(),
    }
}

pub(crate) fn always(t: &TestDb) -> Days {
    Days { from: t.db.now().date(), until: None }
}

pub(crate) fn grant(
    t: &TestDb,
    by: &AccountRow,
    to: PersonId,
    role: Role,
    unit: &UnitRow,
    days: Days,
) -> Result<people::GrantRow> {
    let new = commands::NewGrant { person: to, role, unit: unit.id, days };
    act(t, by, move |tx, ctx| commands::grant_role(tx, ctx, new))
}

pub(crate) fn facts(name: &str, unit: &UnitRow) -> PersonFacts {
    PersonFacts { name: name.to_owned(), phone: String::new(), mail: String::new(), unit: unit.id }
}
