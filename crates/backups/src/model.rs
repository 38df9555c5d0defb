//! A backup that was made or tried, and a drill.

use kernel::id::Id;
use kernel::time::Instant;
use store::{coded, record};

/// Mark for ids of runs.
#[derive(Debug)]
pub enum Ran {}

kernel::named! {
    pub enum Kind {
        /// 备份
        Backup = "backup",
        /// 恢复演练: the newest backup, restored beside the city and looked through.
        Drill = "drill",
    }
}
coded!(Kind);

kernel::named! {
    pub enum Outcome {
        /// 进行中
        Running = "running",
        /// 完成
        Done = "done",
        /// 失败
        Failed = "failed",
    }
}
coded!(Outcome);

impl Outcome {
    pub fn mood(self) -> &'static str {
        match self {
            Outcome::Running => "soon",
            Outcome::Done => "ok",
            Outcome::Failed => "late",
        }
    }
}

record! {
    #[derive(Clone, Debug)]
    pub struct Run in "backup_run" {
        pub id: Id<Ran>,
        pub kind: Kind,
        pub outcome: Outcome,
        /// Name of whoever asked for it; empty for the program itself.
        pub asked_by: String,
        pub started_at: Instant,
        pub ended_at: Option<Instant>,
        /// Name in the folder of backups; of a drill, the backup that was restored. Empty once it was removed.
        pub file: String,
        /// Its length.
        pub bytes: i64,
        /// Rows of all tables.
        pub records: i64,
        /// Uploaded files.
        pub uploads: i64,
        /// Numbers of the data keys that it needs, with commas.
        pub data_keys: String,
        /// The audit log's ends, one a line: lane, number, hash. Kept elsewhere, they prove later that nothing was cut off.
        pub audit_ends: String,
        /// Why it failed: a problem's code and what the machine said.
        pub why: String,
    }
}

impl Run {
    /// How long it took, in whole seconds.
    pub fn seconds(&self) -> Option<i64> {
        self.ended_at.map(|end| (end.0 - self.started_at.0) / kernel::time::SECOND)
    }

    /// Its length in megabytes of a million bytes, at least one when there is any.
    pub fn megabytes(&self) -> i64 {
        (self.bytes + 999_999) / 1_000_000
    }
}
