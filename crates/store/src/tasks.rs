//! How far long work has come (imports, exports, recounts), so that the person who started it can watch a bar and read
//! the report, also after a restart.

use crate::db::Db;
use crate::keep::{Days, Due, Goes, Keep, Way};
use crate::tx::Tx;
use crate::{Sealed, coded, record, sealed_columns, sql};
use kernel::ctx::{Actor, Ctx};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use std::time::{Duration, Instant as Stopwatch};

/// Mark for ids of long work.
#[derive(Debug)]
pub enum Task {}

kernel::named! {
    pub enum TaskState { Running = "running", Done = "done", Failed = "failed" }
}
coded!(TaskState);

sealed_columns! {
    /// What came out: of an import, rows as they were given.
    pub TaskReport = "task_progress"."report" of "id";
}

record! {
    /// A piece of long work.
    #[derive(Clone, Debug)]
    pub struct Progress in "task_progress" {
        pub id: Id<Task>,
        pub kind: String,
        pub state: TaskState,
        pub done: i64,
        /// 0 while it is not known.
        pub total: i64,
        /// A translation key, or a few words.
        pub message: String,
        /// What came out, as JSON; `null` until it has finished.
        pub report: Sealed<TaskReport>,
        pub started_by: String,
        pub created_at: Instant,
        pub finished_at: Option<Instant>,
    }
}

impl Progress {
    /// 0 to 100; `None` while the total is not known.
    pub fn percent(&self) -> Option<i64> {
        (self.total > 0).then(|| (self.done * 100 / self.total).clamp(0, 100))
    }

    pub fn report<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.report).map_err(Problem::internal)
    }
}

/// Writes down that work begins; enqueue the job that does it in the same transaction, with this id in its payload.
pub fn start(tx: &mut Tx<'_>, ctx: &Ctx, kind: &'static str, total: i64) -> Result<Id<Task>> {
    let id = tx.new_id();
    let started_by = match &ctx.actor {
        Actor::Member(member) => format!("person:{}", member.id),
        Actor::Public => "public".to_owned(),
        Actor::System(name) => format!("system:{name}"),
    };
    tx.insert(&Progress {
        id,
        kind: kind.to_owned(),
        state: TaskState::Running,
        done: 0,
        total,
        message: String::new(),
        report: "null".into(),
        started_by,
        created_at: ctx.now,
        finished_at: None,
    })?;
    Ok(id)
}

pub fn get(tx: &mut Tx<'_>, id: Id<Task>) -> Result<Progress> {
    tx.one(sql!(Progress: "select {*} from task_progress where id = $1"), &[&id])?
        .ok_or_else(Problem::not_found)
}

/// The newest of a kind, newest first.
pub fn recent(tx: &mut Tx<'_>, kind: &str, limit: i64) -> Result<Vec<Progress>> {
    tx.all(
        sql!(Progress: "select {*} from task_progress where kind = $1 order by id desc limit $2"),
        &[&kind, &limit],
    )
}

/// Reports from the job that does the work. Small steps are cheap: at most three a second are written.
#[derive(Debug)]
pub struct Reporter<'a> {
    db: &'a Db,
    ctx: Ctx,
    id: Id<Task>,
    written: Option<Stopwatch>,
}

const AT_MOST_EVERY: Duration = Duration::from_millis(330);

impl<'a> Reporter<'a> {
    pub fn new(db: &'a Db, ctx: &Ctx, id: Id<Task>) -> Self {
        Self { db, ctx: ctx.clone(), id, written: None }
    }

    pub fn id(&self) -> Id<Task> {
        self.id
    }

    pub fn advance(&mut self, done: i64, total: i64, message: &str) -> Result<()> {
        if self.written.is_some_and(|at| at.elapsed() < AT_MOST_EVERY) {
            return Ok(());
        }
        let (id, message) = (self.id, message.to_owned());
        self.db.write_now(&self.now(), move |tx| {
            tx.housekeeping();
            tx.exec(
                sql!("update task_progress set state = 'running', done = $1, total = $2, message = $3 where id = $4"),
                &[&done, &total, &message, &id],
            )
            .map(drop)
        })?;
        self.written = Some(Stopwatch::now());
        Ok(())
    }

    /// Done, with what came out.
    pub fn finish(&mut self, report: &impl serde::Serialize) -> Result<()> {
        let report = serde_json::to_string(report).map_err(Problem::internal)?;
        self.end(TaskState::Done, String::new(), report)
    }

    /// Failed for good: the problem's code is the message.
    pub fn fail(&mut self, problem: &Problem) -> Result<()> {
        self.end(TaskState::Failed, format!("problem-{}", problem.code), "null".to_owned())
    }

    fn end(&self, state: TaskState, message: String, report: String) -> Result<()> {
        let (id, ctx) = (self.id, self.now());
        self.db.write_now(&ctx, move |tx| {
            tx.housekeeping();
            let now = tx.now();
            let report = tx.seal::<TaskReport>(id, &report)?;
            tx.exec(
                sql!(
                    "update task_progress set state = $1, message = $2, report = $3, finished_at = $4,
                        done = case when $1 = 'done' and total > 0 then total else done end where id = $5"
                ),
                &[&state, &message, &report, &now, &id],
            )
            .map(drop)
        })
    }

    fn now(&self) -> Ctx {
        Ctx { now: self.db.now(), ..self.ctx.clone() }
    }
}

/// Reports of imports hold rows as they were given.
pub(crate) const KEEP: Keep = Keep {
    key: "tasks",
    tables: &["task_progress"],
    days: Days::new(90, 7, 365),
    goes: Goes::Row,
    laws: &["pipl-19"],
    way: Way::Daily { count: due, erase: forget },
};

fn due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!((i64,): "select count(*) from task_progress where created_at >= $1 and created_at < $2"),
        &[&from, &until],
    )
}

fn forget(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!(
            "delete from task_progress where id in
              (select id from task_progress where created_at >= $1 and created_at < $2 order by id limit $3)"
        ),
        &[&from, &until, &most],
    )
}
