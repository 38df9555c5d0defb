//! Migrations: expand, then contract; never edited once landed.

use crate::dialect::Engine;
use crate::value::Bind;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use sha2::{Digest, Sha256};

/// One step of a feature's schema, written in the words `BIGINT`, `DOUBLE`, `TEXT`, `BYTES`.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The crate it belongs to.
    pub area: &'static str,
    pub number: i64,
    pub sql: &'static str,
}

/// The tables of this crate itself.
pub const OWN: &[Migration] = &[
    Migration { area: "store", number: 1, sql: include_str!("../migrations/0001_store.sql") },
    Migration { area: "store", number: 2, sql: include_str!("../migrations/0002_pools.sql") },
    Migration { area: "store", number: 3, sql: include_str!("../migrations/0003_sealed.sql") },
    Migration { area: "store", number: 4, sql: include_str!("../migrations/0004_audit_hash.sql") },
    Migration { area: "files", number: 1, sql: include_str!("../migrations/files_0001.sql") },
    Migration { area: "files", number: 2, sql: include_str!("../migrations/files_0002.sql") },
    Migration { area: "once", number: 1, sql: include_str!("../migrations/once_0001.sql") },
    Migration { area: "naming", number: 1, sql: include_str!("../migrations/naming_0001.sql") },
];

const LEDGER: &str = "create table if not exists migration (
    area TEXT not null, number BIGINT not null, fingerprint TEXT not null, applied_at BIGINT not null,
    primary key (area, number))";

/// Applies what is missing of this crate's own migrations and of those given, in this order, each in a transaction of its own. Refuses to start when a migration that
/// was applied before reads differently now.
pub(crate) fn apply(engine: &mut dyn Engine, migrations: &[Migration], now: Instant) -> Result<u32> {
    let all: Vec<Migration> = OWN.iter().chain(migrations).copied().collect();
    apply_exactly(engine, &all, now)
}

/// Applies what is missing of these and no others: a restore stops where its backup stood.
pub(crate) fn apply_exactly(engine: &mut dyn Engine, migrations: &[Migration], now: Instant) -> Result<u32> {
    engine.lock_schema()?;
    let applied = apply_alone(engine, migrations, now);
    engine.unlock_schema()?;
    applied
}

/// What tells whether a migration still reads as it did.
pub(crate) fn fingerprint(migration: &Migration) -> String {
    hex::encode(Sha256::digest(migration.sql))
}

fn apply_alone(engine: &mut dyn Engine, migrations: &[Migration], now: Instant) -> Result<u32> {
    let ledger = engine.ddl(LEDGER);
    engine.batch(&ledger)?;
    engine.batch(engine.foundation())?;
    let mut applied = 0;
    for m in migrations {
        let fingerprint = fingerprint(m);
        let mut known = None;
        engine.query(
            "select fingerprint from migration where area = $1 and number = $2",
            &[&m.area, &m.number],
            &mut |row| {
                known = Some(row.get::<String>(0)?);
                Ok(())
            },
        )?;
        match known {
            Some(f) if f == fingerprint => continue,
            Some(_) => {
                return Err(Problem::internal(format!(
                    "migration {} {} was changed after it had been applied",
                    m.area, m.number
                )));
            }
            None => {}
        }
        engine.begin(true)?;
        let text = engine.ddl(m.sql);
        let values: [&dyn Bind; 4] = [&m.area, &m.number, &fingerprint, &now];
        let done = engine.batch(&text).and_then(|()| {
            engine.exec(
                "insert into migration (area, number, fingerprint, applied_at) values ($1, $2, $3, $4)",
                &values,
            )
        });
        match done {
            Ok(_) => engine.commit()?,
            Err(problem) => {
                engine.rollback()?;
                let detail = format!("migration {} {}: {problem}", m.area, m.number);
                return Err(problem.detail(detail));
            }
        }
        applied += 1;
    }
    Ok(applied)
}
