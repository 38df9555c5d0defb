//! A fresh database per test, on either engine.

use crate::people;
use kernel::ctx::{CityCode, Ctx};
use kernel::policy::Grant;
use kernel::time::{Instant, ManualClock};
use parking_lot::Mutex;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use store::jobs::{JobHandler, Jobs, Periodic, Toolbox};
use store::{Db, Location, Migration, Options};

/// Where every test's clock starts: Thursday, 5 March 2026, 09:30 in China, a working day.
pub const START: Instant = Instant(1_772_674_200_000_000);

/// One of the two engines that every story runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Embedded,
    Server,
}

/// Both engines, for stories that go from one to the other.
pub fn engines() -> Vec<Engine> {
    vec![Engine::Embedded, Engine::Server]
}

impl Engine {
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Engine::Embedded => Engine::Server,
            Engine::Server => Engine::Embedded,
        }
    }

    /// A place where no city is yet.
    pub fn new_location(self, folder: &Path) -> Location {
        match self {
            Engine::Embedded => Location::Embedded { file: folder.join("city.db") },
            Engine::Server => {
                let word = store::secrets::random_word();
                Location::Server { url: server_url(), schema: format!("city_t_{}", &word[..16]) }
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests have no settings file; their server comes from the environment"
)]
fn server_url() -> String {
    std::env::var("CHUANGCHENG_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!(
            "this test needs a PostgreSQL server: run `make test`, or `scripts/with-postgres cargo test …`, which start a \
             throw-away one (CHUANGCHENG_TEST_POSTGRES is not set)"
        )
    })
}

/// A city of a single test. Dropping it removes everything, and fails the test when due jobs were left undone.
pub struct TestDb {
    pub db: Db,
    pub engine: Engine,
    pub location: Location,
    pub clock: Arc<ManualClock>,
    pub city: CityCode,
    folder: tempfile::TempDir,
    jobs_may_stay: AtomicBool,
}

impl std::fmt::Debug for TestDb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("TestDb").field(&self.location).finish()
    }
}

impl TestDb {
    /// A new city with the tables of `store` and of `migrations`.
    pub fn open(engine: Engine, migrations: &[Migration]) -> Self {
        Self::open_with(engine, migrations, Options { readers: 2, writers: 2, ..Options::default() })
    }

    pub fn open_with(engine: Engine, migrations: &[Migration], options: Options) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let location = engine.new_location(folder.path());
        if let Location::Embedded { file } = &location {
            std::fs::write(file, template(migrations).as_slice()).expect("a copy of the template");
        }
        let clock = Arc::new(ManualClock::at(START));
        let db = Db::open(location.clone(), folder.path(), clock.clone(), migrations, options)
            .unwrap_or_else(|problem| panic!("the test's city cannot be opened: {problem}"));
        let city = CityCode::parse("620200").expect("six digits");
        Self { db, engine, location, clock, city, folder, jobs_may_stay: AtomicBool::new(false) }
    }

    /// The city's folder, with its files and its key.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The program itself, now.
    pub fn ctx_system(&self) -> Ctx {
        Ctx::system(self.city.clone(), "test", self.db.now())
    }

    /// A member with these grants, now. See [`grant`](crate::grant) and [`whole_city`](crate::whole_city).
    pub fn ctx_member(&self, id: i64, name: &str, grants: Vec<Grant>) -> Ctx {
        people::member(&self.city, self.db.now(), id, name, grants)
    }

    /// Somebody without an account, now.
    pub fn ctx_public(&self) -> Ctx {
        Ctx::public(self.city.clone(), self.db.now(), kernel::ctx::Locale::ZhCn, "test")
    }

    /// The table of handlers, with those of `store` itself.
    pub fn jobs(&self, handlers: &[JobHandler], periodic: &[Periodic], tools: Toolbox) -> Arc<Jobs> {
        Jobs::new(self.db.clone(), self.city.clone(), handlers, periodic, tools)
            .unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// Runs every due job and fails when one fails; how many ran.
    pub fn run_jobs(&self, handlers: &[JobHandler]) -> usize {
        self.jobs(handlers, &[], Toolbox::default())
            .run_all_due()
            .unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// Says that this test means to leave due jobs undone.
    pub fn leave_jobs(&self) {
        self.jobs_may_stay.store(true, Ordering::Relaxed);
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let backlog = self.db.read_now(store::jobs::backlog);
        let removed = match &self.location {
            Location::Server { .. } => store::db::destroy(&self.location),
            Location::Embedded { .. } => Ok(()),
        };
        if std::thread::panicking() {
            return;
        }
        removed.unwrap_or_else(|problem| panic!("the test's city cannot be removed: {problem}"));
        if !self.jobs_may_stay.load(Ordering::Relaxed) {
            let due = backlog.unwrap_or_else(|problem| panic!("{problem}")).due;
            assert_eq!(due, 0, "the test left due jobs undone: run them, or call leave_jobs()");
        }
    }
}

/// The file of a city with these migrations, made once per process. Kept in memory, because nothing is dropped at the
/// end of a process and a folder would stay behind.
fn template(migrations: &[Migration]) -> Arc<Vec<u8>> {
    static MADE: LazyLock<Mutex<HashMap<String, Arc<Vec<u8>>>>> = LazyLock::new(Mutex::default);
    let mut hasher = Sha256::new();
    for m in migrations {
        hasher.update(format!("{} {} {}\n", m.area, m.number, m.sql));
    }
    let mut made = MADE.lock();
    let bytes = made.entry(hex::encode(hasher.finalize())).or_insert_with(|| {
        let folder = tempfile::tempdir().expect("a folder for the template");
        let file = folder.path().join("city.db");
        store::db::prepare(&Location::Embedded { file: file.clone() }, migrations, START)
            .unwrap_or_else(|problem| panic!("migrations: {problem}"));
        Arc::new(std::fs::read(&file).expect("the template"))
    });
    Arc::clone(bytes)
}
