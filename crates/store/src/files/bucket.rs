//! A bucket of an S3-compatible storage: put, get, delete, list. Requests are signed by `rusty-s3` and sent by ureq (ADR 16).
//!
//! Everything waits with a limit, and is tried again where that can help. When a read finds nobody there, the reads of the
//! next seconds are refused at once, so that a storage that does not answer never holds all the threads that answer people.

use kernel::problem::{Problem, Result};
use rusty_s3::actions::ListObjectsV2;
use rusty_s3::{Credentials, S3Action, UrlStyle};
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant as Stopwatch};
use ureq::http::Response;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use url::Url;

/// What an operator says of a bucket.
#[derive(Clone)]
pub struct BucketSettings {
    /// `https://s3.example.gov.cn`, with a path if the storage stands below one.
    pub endpoint: String,
    pub name: String,
    pub region: String,
    /// Whether the bucket's name stands in the path instead of before the host.
    pub path_style: bool,
    /// What every key begins with.
    pub prefix: String,
    pub access_key: String,
    pub secret_key: String,
    pub session_token: Option<String>,
    /// Certificates of a private authority, as PEM; without it Mozilla's list holds.
    pub authority: Option<Vec<u8>>,
}

impl std::fmt::Debug for BucketSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BucketSettings({} at {})", self.name, self.endpoint)
    }
}

/// The client of one bucket.
pub struct Bucket {
    bucket: rusty_s3::Bucket,
    credentials: Credentials,
    prefix: String,
    agent: ureq::Agent,
    born: Stopwatch,
    /// Until when reads are refused without asking, in milliseconds since `born`.
    resting_until: AtomicU64,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bucket({}{})", self.bucket.base_url(), self.prefix)
    }
}

/// An object as a list tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    /// Without the prefix.
    pub(crate) key: String,
    /// Seconds since 1970.
    pub(crate) modified: i64,
}

/// How patient a caller is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Patience {
    /// Somebody looks at a page that is being made.
    Reader,
    /// A job.
    Work,
}

/// Longest wait for a name, for a connection, and until an answer begins.
const CONNECT: Duration = Duration::from_secs(3);
const BEGIN: Duration = Duration::from_secs(15);
/// The same for somebody who looks at a page.
const GLANCE: Duration = Duration::from_secs(4);
/// Longest wait for a whole exchange without bytes that count; each 100 kB have another second.
const WHOLE: Duration = Duration::from_secs(30);
const BYTES_A_SECOND: u64 = 100_000;
/// How long a signed address is good: longer than any exchange may take to begin.
const SIGNED: Duration = Duration::from_mins(15);
/// How long reads are refused after one found nobody.
const REST: u64 = 5_000;

/// Why a try did not do it.
enum Fault {
    /// Another try may.
    Again(String),
    /// It will not.
    Never(String),
    Missing,
}

impl Bucket {
    /// Reads the settings; asks nobody yet.
    pub fn new(settings: &BucketSettings) -> Result<Self> {
        let fault = |what: String| Problem::internal(format!("the bucket: {what}"));
        let endpoint: Url = settings.endpoint.parse().map_err(|e| fault(format!("its address: {e}")))?;
        let style = if settings.path_style { UrlStyle::Path } else { UrlStyle::VirtualHost };
        let bucket = rusty_s3::Bucket::new(endpoint, style, settings.name.clone(), settings.region.clone())
            .map_err(|e| fault(format!("{e}")))?;
        let credentials = match &settings.session_token {
            Some(token) => Credentials::new_with_token(&settings.access_key, &settings.secret_key, token),
            None => Credentials::new(&settings.access_key, &settings.secret_key),
        };
        let mut tls = TlsConfig::builder();
        if let Some(pem) = &settings.authority {
            let mut certificates: Vec<Certificate<'static>> = Vec::new();
            for item in parse_pem(pem) {
                if let PemItem::Certificate(one) = item.map_err(|e| fault(e.to_string()))? {
                    certificates.push(one);
                }
            }
            if certificates.is_empty() {
                return Err(fault("there is no certificate in the file of its authority".to_owned()));
            }
            tls = tls.root_certs(RootCerts::new_with_certs(&certificates));
        }
        let config = ureq::config::Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(concat!("chuangcheng/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls.build())
            .timeout_resolve(Some(CONNECT))
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(BEGIN))
            .timeout_per_read(Some(BEGIN))
            .timeout_per_write(Some(BEGIN))
            .max_idle_connections_per_host(16)
            .build();
        Ok(Self {
            bucket,
            credentials,
            prefix: settings.prefix.clone(),
            agent: config.new_agent(),
            born: Stopwatch::now(),
            resting_until: AtomicU64::new(0),
        })
    }

    /// The same bucket for one city: its keys begin with its code.
    #[must_use]
    pub fn for_city(&self, code: &str) -> Self {
        Self {
            bucket: self.bucket.clone(),
            credentials: self.credentials.clone(),
            prefix: format!("{}{code}/", self.prefix),
            agent: self.agent.clone(),
            born: self.born,
            resting_until: AtomicU64::new(0),
        }
    }

    /// Writes a file of the disk under `key`.
    pub(crate) fn put(&self, key: &str, from: &Path, media_type: &str) -> Result<()> {
        let whole = self.key(key);
        let action = self.bucket.put_object(Some(&self.credentials), &whole);
        self.tries("put", Patience::Work, || {
            let mut file = std::fs::File::open(from).map_err(|e| Fault::Never(e.to_string()))?;
            let bytes = file.metadata().map_err(|e| Fault::Never(e.to_string()))?.len();
            let answer = self
                .agent
                .put(action.sign(SIGNED).as_str())
                .config()
                .timeout_global(Some(limit(bytes)))
                .build()
                .header("content-length", bytes)
                .header("content-type", media_type)
                .send(ureq::SendBody::from_reader(&mut file));
            accept(answer).map(drop)
        })
    }

    /// Writes an object into `to`; its SHA-256 and length. A download that breaks off goes on where it was.
    pub(crate) fn get(&self, key: &str, patience: Patience, to: &mut dyn Write) -> Result<(String, u64)> {
        let whole = self.key(key);
        let action = self.bucket.get_object(Some(&self.credentials), &whole);
        let mut hasher = Sha256::new();
        let mut have = 0_u64;
        self.tries("get", patience, || {
            let begin = if patience == Patience::Reader { GLANCE } else { BEGIN };
            let request = self.agent.get(action.sign(SIGNED).as_str());
            let mut request = request.config().timeout_recv_response(Some(begin)).build();
            if have > 0 {
                request = request.header("range", format!("bytes={have}-"));
            }
            let mut answer = accept(request.call())?;
            // who does not know ranges sends all of it again
            let mut skip = if answer.status().as_u16() == 206 { 0 } else { have };
            let promised = length(&answer);
            let began = Stopwatch::now();
            let mut body = answer.body_mut().as_reader();
            let mut buffer = vec![0; 64 * 1024];
            let mut came = 0_u64;
            loop {
                let n = body.read(&mut buffer).map_err(|e| Fault::Again(e.to_string()))?;
                if n == 0 {
                    break;
                }
                came += n as u64;
                if began.elapsed() > limit(came) {
                    return Err(Fault::Again("it comes too slowly".to_owned()));
                }
                let old = usize::try_from(skip).unwrap_or(n).min(n);
                skip -= old as u64;
                hasher.update(&buffer[old..n]);
                to.write_all(&buffer[old..n]).map_err(|e| Fault::Never(e.to_string()))?;
                have += (n - old) as u64;
            }
            if promised.is_some_and(|promised| promised != came) {
                return Err(Fault::Again("it broke off".to_owned()));
            }
            Ok(())
        })?;
        Ok((hex::encode(hasher.finalize()), have))
    }

    /// Removes an object; that there is none is fine.
    pub(crate) fn delete(&self, key: &str) -> Result<()> {
        let whole = self.key(key);
        let action = self.bucket.delete_object(Some(&self.credentials), &whole);
        let done = self.tries("delete", Patience::Work, || {
            let answer = self
                .agent
                .delete(action.sign(SIGNED).as_str())
                .config()
                .timeout_global(Some(WHOLE))
                .build()
                .call();
            accept(answer).map(drop)
        });
        match done {
            Err(problem) if problem.status == 404 => Ok(()),
            done => done,
        }
    }

    /// Some objects of the city, and where the next ones begin.
    pub(crate) fn list(&self, after: Option<&str>) -> Result<(Vec<Listed>, Option<String>)> {
        let mut action = self.bucket.list_objects_v2(Some(&self.credentials));
        action.with_prefix(self.prefix.as_str());
        if let Some(after) = after {
            action.with_continuation_token(after);
        }
        let text = self.tries("list", Patience::Work, || {
            let answer = self
                .agent
                .get(action.sign(SIGNED).as_str())
                .config()
                .timeout_global(Some(WHOLE))
                .build()
                .call();
            let mut text = String::new();
            accept(answer)?
                .body_mut()
                .as_reader()
                .take(8 << 20)
                .read_to_string(&mut text)
                .map_err(|e| Fault::Again(e.to_string()))?;
            Ok(text)
        });
        let text = text.map_err(|problem| match problem.status {
            // a list that is not there is no missing picture
            404 => away("list", "there is nothing to list"),
            _ => problem,
        })?;
        let found = ListObjectsV2::parse_response(&text).map_err(|e| away("list", &e.to_string()))?;
        let listed = found.contents.into_iter().filter_map(|object| {
            let key = object.key.strip_prefix(&self.prefix)?.to_owned();
            // what does not tell its age counts as new, which keeps it
            let modified = object.last_modified.and_then(|at| at.parse().ok());
            Some(Listed { key, modified: modified.map_or(i64::MAX, jiff::Timestamp::as_second) })
        });
        Ok((listed.collect(), found.next_continuation_token))
    }

    fn key(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    fn millis(&self) -> u64 {
        u64::try_from(self.born.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn tries<T>(
        &self,
        what: &'static str,
        patience: Patience,
        mut one: impl FnMut() -> std::result::Result<T, Fault>,
    ) -> Result<T> {
        let waits: &[u64] = match patience {
            Patience::Reader => &[150],
            Patience::Work => &[200, 800, 2_400],
        };
        if patience == Patience::Reader && self.millis() < self.resting_until.load(Ordering::Relaxed) {
            return Err(away(what, "it did not answer a moment ago"));
        }
        let mut waits = waits.iter();
        loop {
            let fault = match one() {
                Ok(done) => {
                    self.resting_until.store(0, Ordering::Relaxed);
                    count(what, "ok");
                    return Ok(done);
                }
                Err(fault) => fault,
            };
            let (detail, again) = match fault {
                Fault::Missing => {
                    count(what, "missing");
                    return Err(Problem::not_found().detail("there is no such object in the bucket"));
                }
                Fault::Again(detail) => (detail, true),
                Fault::Never(detail) => (detail, false),
            };
            count(what, "failed");
            match waits.next().filter(|_| again) {
                Some(wait) => std::thread::sleep(Duration::from_millis(*wait)),
                None => {
                    if again {
                        self.resting_until.store(self.millis() + REST, Ordering::Relaxed);
                    }
                    return Err(away(what, &detail));
                }
            }
        }
    }
}

fn away(what: &str, detail: &str) -> Problem {
    Problem::new(503, "files-away").arg("seconds", 10).detail(format!("the bucket, {what}: {detail}"))
}

fn count(what: &'static str, outcome: &'static str) {
    metrics::counter!("files_storage_requests_total", "what" => what, "outcome" => outcome).increment(1);
}

fn limit(bytes: u64) -> Duration {
    WHOLE + Duration::from_secs(bytes / BYTES_A_SECOND)
}

fn length(answer: &Response<ureq::Body>) -> Option<u64> {
    answer.headers().get("content-length")?.to_str().ok()?.parse().ok()
}

/// Sorts answers: what is fine, what may be tried again, what will not do. Errors tell the storage's word for it and never
/// the address asked for, which is signed.
fn accept(
    answer: std::result::Result<Response<ureq::Body>, ureq::Error>,
) -> std::result::Result<Response<ureq::Body>, Fault> {
    let mut answer = answer.map_err(|e| match e {
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => Fault::Never(e.to_string()),
        e => Fault::Again(e.to_string()),
    })?;
    let status = answer.status().as_u16();
    if (200..300).contains(&status) {
        return Ok(answer);
    }
    let mut text = Vec::new();
    let _ = answer.body_mut().as_reader().take(4096).read_to_end(&mut text);
    let text = String::from_utf8_lossy(&text);
    let word = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
    let word: String = word.map(|(word, _)| word).unwrap_or_default().chars().take(60).collect();
    let detail = format!("{status} {word}");
    Err(match status {
        // a bucket that is not there is no missing picture
        404 if word != "NoSuchBucket" => Fault::Missing,
        408 | 409 | 425 | 429 | 500..600 => Fault::Again(detail),
        _ => Fault::Never(detail),
    })
}
