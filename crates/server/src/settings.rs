//! Everything an operator can say, by flag or by environment variable, in one place.

mod registers;
mod words;

use clap::{Args, Parser, Subcommand};
use kernel::ctx::CityCode;
pub use registers::{ImportArgs, KeepingArgs, RecomputeArgs, ScoreArgs};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use store::sealed::Algorithm;
use words::{algorithm, city_code, hash, network, place};

/// 创城: the National Civilised City campaign of a Chinese city, in one program.
#[derive(Debug, Parser)]
#[command(name = "chuangcheng", version)]
pub struct Cli {
    /// Write the log as JSON, one object a line. What is logged follows RUST_LOG (default: info).
    #[arg(long, global = true, env = "CHUANGCHENG_LOG_JSON")]
    pub log_json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve all cities found in the data folder, and run their background work.
    Serve(ServeArgs),
    /// Run background work only: beside a `serve` that was started with --workers 0.
    Work(WorkArgs),
    /// Fill a new data folder with the demonstration city.
    Demo(DemoArgs),
    /// Cities in the data folder.
    City {
        #[command(subcommand)]
        command: CityCommand,
    },
    /// Read a file into a city's registers.
    Import(ImportArgs),
    /// Print the description of the API (OpenAPI, JSON).
    Openapi,
    /// Compare the photos that a city already has; new ones are compared by themselves. Goes on where it was interrupted.
    CheckPhotos(CityArgs),
    /// Learn dispatch advice from a city's closed cases, now; the program does it every month.
    Train(CityArgs),
    /// Tell what a round of inspections comes to; rounds are kept by `import assessment`.
    Score(ScoreArgs),
    /// Work a score pack out again, from the file alone; ends with 3 and names what differs when it does not agree.
    Recompute(RecomputeArgs),
    /// Have a city's audit log hashed with SHA-256 or SM3 from now on; what was written stays as it is. Programs that serve the
    /// city take it up at their next start.
    AuditHash {
        #[arg(value_parser = hash, value_name = "sha-256|sm3")]
        hash: store::audit::Hash,
        #[command(flatten)]
        city: CityArgs,
    },
    /// Prove every city's audit log whole. Ends with 3 and names the first broken link otherwise.
    Verify(DataArgs),
    /// Write a city into one file, while it is being served.
    Backup(BackupArgs),
    /// Make a city out of such a file, on either database.
    Restore(RestoreArgs),
    /// Photos and videos: where they are, moving them, looking at all of them.
    Files {
        #[command(subcommand)]
        command: FilesCommand,
    },
    /// Erase what is over its time now; the program does it every night.
    Keeping(KeepingArgs),
    /// Keys with which personal data are sealed.
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
}

#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Tell a city's keys and how many texts are sealed with each.
    List(CityArgs),
    /// Make a new key and have everything sealed with it, while the city is served.
    Rotate(CityArgs),
}

#[derive(Debug, Subcommand)]
pub enum FilesCommand {
    /// Tell where a city's files are and what waits to be moved.
    Status(CityArgs),
    /// Decide where a city's files belong, and move them there, while it is served. Can be stopped and run again at any time;
    /// nothing is removed before it was read back from the other place.
    Move {
        #[arg(long, value_parser = place, value_name = "folder|s3")]
        to: store::files::Place,
        #[command(flatten)]
        city: CityArgs,
    },
    /// Read every file and compare it with its SHA-256; ends with 3 when one is damaged or missing.
    Verify {
        #[command(flatten)]
        city: CityArgs,
        /// Remove what lies there for more than a day and belongs to nothing in the database.
        #[arg(long)]
        remove_unknown: bool,
    },
}

#[derive(Clone, Debug, Args)]
pub struct DataArgs {
    /// Folder with one folder for each city.
    #[arg(long, env = "CHUANGCHENG_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// Keep all cities on this PostgreSQL server, each in the schema city_<code>, whatever their city.toml says.
    #[arg(long, env = "CHUANGCHENG_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// With what keys made from now on seal personal data: aes-256-gcm or sm4-gcm. Keys that are there stay what they are.
    #[arg(long, env = "CHUANGCHENG_SEAL_WITH", default_value = "aes-256-gcm", value_parser = algorithm)]
    pub seal_with: Algorithm,
    #[command(flatten)]
    pub bucket: BucketArgs,
}

/// A bucket of an S3-compatible storage, where photos and videos are kept instead of in the data folder.
#[derive(Clone, Debug, Default, Args)]
pub struct BucketArgs {
    /// Bucket of an S3-compatible storage for photos and videos; without it they stay in the data folder.
    #[arg(long, env = "CHUANGCHENG_S3_BUCKET", value_name = "NAME")]
    pub s3_bucket: Option<String>,
    /// Address of the storage.
    #[arg(long, env = "CHUANGCHENG_S3_ENDPOINT", value_name = "URL")]
    pub s3_endpoint: Option<String>,
    #[arg(long, env = "CHUANGCHENG_S3_REGION", default_value = "us-east-1")]
    pub s3_region: String,
    /// What every key in the bucket begins with, before the city's code.
    #[arg(long, env = "CHUANGCHENG_S3_PREFIX", default_value = "chuangcheng/")]
    pub s3_prefix: String,
    /// The bucket's name stands before the host, as AWS and most providers want it, instead of in the path.
    #[arg(long, env = "CHUANGCHENG_S3_VIRTUAL_HOST")]
    pub s3_virtual_host: bool,
    /// File with two lines: access key and secret key; a third may hold a session token. Or say them by
    /// CHUANGCHENG_S3_ACCESS_KEY and CHUANGCHENG_S3_SECRET_KEY.
    #[arg(long, env = "CHUANGCHENG_S3_CREDENTIALS", value_name = "FILE")]
    pub s3_credentials: Option<PathBuf>,
    #[arg(long, env = "CHUANGCHENG_S3_ACCESS_KEY", hide = true, hide_env_values = true)]
    pub s3_access_key: Option<String>,
    #[arg(long, env = "CHUANGCHENG_S3_SECRET_KEY", hide = true, hide_env_values = true)]
    pub s3_secret_key: Option<String>,
    /// Certificates (PEM) of the private authority that the storage's certificate comes from.
    #[arg(long, env = "CHUANGCHENG_S3_AUTHORITY", value_name = "FILE")]
    pub s3_authority: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct DemoArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// Only the last so many cases, with few pictures: for tests.
    #[arg(long)]
    pub cases: Option<usize>,
    /// The same seed and day give the same city.
    #[arg(long, default_value_t = 2026)]
    pub seed: u64,
}

#[derive(Debug, Args)]
pub struct WorkArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub mail: MailArgs,
    #[command(flatten)]
    pub sms: SmsArgs,
    /// Folder into which every city is backed up at night, best on another machine or disk; without it there are no backups but those
    /// of `chuangcheng backup`.
    #[arg(long, env = "CHUANGCHENG_BACKUP_FOLDER", value_name = "DIR")]
    pub backup_folder: Option<PathBuf>,
    /// Folder that scanners write pictures of paper forms into, one folder in it for each city, named by its code; what was taken
    /// leaves it.
    #[arg(long, env = "CHUANGCHENG_PAPER_FOLDER", value_name = "DIR")]
    pub paper_folder: Option<PathBuf>,
    /// Address of the site, as it stands in mails.
    #[arg(long, env = "CHUANGCHENG_BASE_URL", default_value = "http://127.0.0.1:8080")]
    pub base_url: String,
    /// Folders with fonts for official documents, best first, separated by colons; where systems keep fonts is looked at too.
    #[arg(long, env = "CHUANGCHENG_FONTS", value_name = "DIRS", value_delimiter = ':')]
    pub fonts: Vec<PathBuf>,
    /// Threads that run background work, for each city.
    #[arg(long, env = "CHUANGCHENG_WORKERS", default_value_t = 1)]
    pub workers: usize,
    /// Networks of your own that webhooks may be sent into and an identity provider may stand in, such as 10.20.0.0/16;
    /// without it only public addresses.
    #[arg(
        long,
        env = "CHUANGCHENG_WEBHOOK_ALLOW",
        value_name = "NETWORK",
        value_delimiter = ',',
        value_parser = network
    )]
    pub webhook_allow: Vec<(IpAddr, u8)>,
    /// PEM file with certificates of authorities of your own, from which receivers of webhooks, partner systems and an identity provider may
    /// have theirs; believed beside the public authorities.
    #[arg(long, env = "CHUANGCHENG_OUTGOING_CA", value_name = "FILE")]
    pub outgoing_ca: Option<PathBuf>,
    /// Networks inside the operator's own in which partner systems (12345, 数字城管) stand that cases are exchanged with;
    /// in them plain http is allowed. Without it partners are reached at public https addresses only.
    #[arg(
        long,
        env = "CHUANGCHENG_PARTNER_ALLOW",
        value_name = "NETWORK",
        value_delimiter = ',',
        value_parser = network
    )]
    pub partner_allow: Vec<(IpAddr, u8)>,
}

#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    pub work: WorkArgs,
    #[arg(long, env = "CHUANGCHENG_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// A proxy stands before the program: believe its X-Forwarded-For.
    #[arg(long, env = "CHUANGCHENG_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// How often one address may send something in a minute without having signed in; 0 is without limit.
    #[arg(long, env = "CHUANGCHENG_RATE", default_value_t = 120)]
    pub rate: u32,
    /// Key for 天地图 tiles; without it maps show the city's own sketch.
    #[arg(long, env = "CHUANGCHENG_TIANDITU_KEY", hide_env_values = true)]
    pub tianditu_key: Option<String>,
    /// With this bearer token /metrics may be read from other machines.
    #[arg(long, env = "CHUANGCHENG_METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,
}

#[derive(Debug, Args)]
pub struct MailArgs {
    /// smtps://user:password@host:465 or smtp://host:25; without it no mail is sent.
    #[arg(long, env = "CHUANGCHENG_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Put letters into this folder instead of sending them.
    #[arg(long, env = "CHUANGCHENG_MAIL_FOLDER", conflicts_with = "smtp_url")]
    pub mail_folder: Option<PathBuf>,
    /// Whom letters come from.
    #[arg(long, env = "CHUANGCHENG_MAIL_FROM", default_value = "创城 <no-reply@localhost.localdomain>")]
    pub mail_from: String,
}

#[derive(Debug, Default, Args)]
pub struct SmsArgs {
    /// JSON file that says how the city's text message gateway is spoken to; without it no message is sent. Keep it readable by
    /// the program only: it holds the gateway's password.
    #[arg(long, env = "CHUANGCHENG_SMS_GATEWAY", value_name = "FILE")]
    pub sms_gateway: Option<PathBuf>,
    /// Put text messages into this folder instead of sending them.
    #[arg(long, env = "CHUANGCHENG_SMS_FOLDER", conflicts_with = "sms_gateway")]
    pub sms_folder: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum CityCommand {
    /// Found a city: its folder, its database, what it begins with.
    Create {
        /// The six-digit administrative code.
        #[arg(value_parser = city_code)]
        code: CityCode,
        #[arg(long)]
        name: String,
        #[command(flatten)]
        card: CardArgs,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Say what the site's pages tell of a city; an empty text takes it off. Seen after the next start.
    Describe {
        #[arg(value_parser = city_code)]
        code: CityCode,
        #[command(flatten)]
        card: CardArgs,
        #[command(flatten)]
        data: DataArgs,
    },
    /// List the cities of the data folder.
    List {
        #[command(flatten)]
        data: DataArgs,
    },
}

/// What a city says of itself; what is not given stays as it is.
#[derive(Debug, Default, Args)]
pub struct CardArgs {
    /// What pages in English call it, e.g. Jiayuguan; without it they use the Chinese name.
    #[arg(long)]
    pub name_en: Option<String>,
    /// Where the office that runs the campaign is.
    #[arg(long)]
    pub address: Option<String>,
    /// Its telephone.
    #[arg(long)]
    pub phone: Option<String>,
    /// ICP 备案号.
    #[arg(long)]
    pub icp: Option<String>,
    /// 公安备案号.
    #[arg(long)]
    pub police: Option<String>,
    /// 政府网站标识码.
    #[arg(long)]
    pub site_code: Option<String>,
}

/// One city of the data folder.
#[derive(Debug, Args)]
pub struct CityArgs {
    #[arg(long, value_parser = city_code)]
    pub city: CityCode,
    #[command(flatten)]
    pub data: DataArgs,
}

#[derive(Debug, Args)]
pub struct BackupArgs {
    #[arg(long, value_parser = city_code)]
    pub city: CityCode,
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(long)]
    pub out: PathBuf,
    /// Leave files that lie in the bucket there; whoever restores the backup needs that bucket too.
    #[arg(long)]
    pub without_bucket: bool,
}

#[derive(Debug, Args)]
pub struct RestoreArgs {
    pub file: PathBuf,
    /// The copy of data-keys.json that was kept apart from the backup; it is put into the city's folder.
    #[arg(long, value_name = "FILE")]
    pub data_keys: Option<PathBuf>,
    #[command(flatten)]
    pub data: DataArgs,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn networks_have_a_prefix_that_fits() {
        assert_eq!(network("10.0.0.0/8").unwrap(), ("10.0.0.0".parse().unwrap(), 8));
        for wrong in ["10.0.0.0", "10.0.0.0/33", "x/8", "fd00::/129", "10.0.0.0/-1"] {
            assert!(network(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_command_line_is_sound_and_takes_the_documented_forms() {
        Cli::command().debug_assert();
        for line in [
            "chuangcheng serve --data d --listen 127.0.0.1:8080 --database-url postgres://x",
            "chuangcheng demo --data d",
            "chuangcheng city create 620200 --name 嘉峪关市 --data d",
            "chuangcheng city create 620200 --name 嘉峪关市 --name-en Jiayuguan --data d",
            "chuangcheng city describe 620200 --phone 0937-0000000 --icp 陇ICP备00000000号 --data d",
            "chuangcheng import sites f.csv --city 620200 --data d --mapping m.toml --dry-run --report r.json",
            "chuangcheng check-photos --city 620200 --data d",
            "chuangcheng train --city 620200 --data d",
            "chuangcheng openapi",
            "chuangcheng verify --data d",
            "chuangcheng backup --city 620200 --data d --out f",
            "chuangcheng restore f --data d --database-url postgres://x",
            "chuangcheng work --data d",
            "chuangcheng serve --data d --s3-bucket wm --s3-endpoint https://s3.example.cn --s3-credentials f",
            "chuangcheng files move --to s3 --city 620200 --data d",
            "chuangcheng files status --city 620200 --data d",
            "chuangcheng files verify --city 620200 --data d --remove-unknown",
            "chuangcheng backup --city 620200 --data d --out f --without-bucket",
            "chuangcheng restore f --data d --data-keys k",
            "chuangcheng audit-hash sm3 --city 620200 --data d",
            "chuangcheng keys list --city 620200 --data d",
            "chuangcheng keys rotate --city 620200 --data d --seal-with sm4-gcm",
            "chuangcheng serve --data d --webhook-allow 10.0.0.0/8,fd00::/8 --webhook-allow 127.0.0.1/32",
            "chuangcheng work --data d --outgoing-ca ca.pem",
        ] {
            Cli::try_parse_from(line.split(' ')).unwrap_or_else(|e| panic!("{line}: {e}"));
        }
    }
}
