//! A small HTTP/1.1 client that keeps its connections: a closed loop of callers, each waiting for its answer before the
//! next request. It counts an answer only if its status is the one expected.

use std::io::{Error, ErrorKind};
use std::io::{Read, Result, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What a run measured.
#[derive(Clone, Debug, Default)]
pub struct Load {
    pub requests: u64,
    pub seconds: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub max_ms: f64,
}

impl Load {
    pub fn per_second(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts of a benchmark")]
        let n = self.requests as f64;
        n / self.seconds
    }
}

/// Callers send what `request` makes (caller, number) for `duration`, on one connection each.
pub fn run(
    address: &str,
    callers: usize,
    duration: Duration,
    status: u16,
    request: impl Fn(usize, u64) -> Vec<u8> + Sync,
) -> Result<Load> {
    let stop = AtomicBool::new(false);
    let sent = AtomicU64::new(0);
    let started = Instant::now();
    let results: Vec<Result<Vec<u32>>> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..callers)
            .map(|caller| {
                let (stop, sent, request) = (&stop, &sent, &request);
                scope.spawn(move || -> Result<Vec<u32>> {
                    let mut connection = Connection::open(address)?;
                    let mut times = Vec::with_capacity(100_000);
                    while !stop.load(Ordering::Relaxed) {
                        let bytes = request(caller, sent.fetch_add(1, Ordering::Relaxed));
                        let begin = Instant::now();
                        let got = connection.exchange(&bytes)?;
                        if got != status {
                            let body = String::from_utf8_lossy(&connection.body);
                            return Err(Error::other(format!("expected {status}, got {got}: {body}")));
                        }
                        times.push(u32::try_from(begin.elapsed().as_micros()).unwrap_or(u32::MAX));
                    }
                    Ok(times)
                })
            })
            .collect();
        std::thread::sleep(duration);
        stop.store(true, Ordering::Relaxed);
        handles
            .into_iter()
            .map(|h| h.join().unwrap_or_else(|_| Err(Error::other("a caller panicked"))))
            .collect()
    });
    let seconds = started.elapsed().as_secs_f64();
    let mut all = Vec::new();
    for times in results {
        all.extend(times?);
    }
    all.sort_unstable();
    let at = |share: f64| -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an index"
        )]
        let index = ((all.len() as f64 * share) as usize).min(all.len().saturating_sub(1));
        all.get(index).map_or(0.0, |t| f64::from(*t) / 1000.0)
    };
    Ok(Load { requests: all.len() as u64, seconds, p50_ms: at(0.5), p99_ms: at(0.99), max_ms: at(1.0) })
}

/// One kept-alive connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    pub head: String,
    pub body: Vec<u8>,
}

impl Connection {
    pub fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024), head: String::new(), body: Vec::new() })
    }

    /// Sends a request and reads its whole answer; its status.
    pub fn exchange(&mut self, request: &[u8]) -> Result<u16> {
        self.stream.write_all(request)?;
        self.buffer.clear();
        let head_end = loop {
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
            self.fill()?;
        };
        self.head = String::from_utf8_lossy(self.buffer.get(..head_end).unwrap_or_default()).into_owned();
        let status = self.head.get(9..12).and_then(|s| s.parse().ok()).ok_or(ErrorKind::InvalidData)?;
        let lower = self.head.to_ascii_lowercase();
        let length =
            lower.lines().find_map(|l| l.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
        if lower.contains("transfer-encoding: chunked") {
            while !self.buffer.ends_with(b"0\r\n\r\n") {
                self.fill()?;
            }
        } else {
            while self.buffer.len() < head_end + length.unwrap_or(0) {
                self.fill()?;
            }
        }
        self.body = self.buffer.get(head_end..).unwrap_or_default().to_vec();
        Ok(status)
    }

    fn fill(&mut self) -> Result<()> {
        let mut chunk = [0; 16_384];
        match self.stream.read(&mut chunk)? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            n => {
                self.buffer.extend_from_slice(chunk.get(..n).unwrap_or_default());
                Ok(())
            }
        }
    }

    /// The value of a cookie that the last answer set.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.head.lines().find_map(|line| {
            let (header, value) = line.split_once(':')?;
            if !header.eq_ignore_ascii_case("set-cookie") {
                return None;
            }
            value.trim().strip_prefix(name)?.strip_prefix('=')?.split(';').next().map(str::to_owned)
        })
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

/// A request's bytes.
pub fn get(path: &str, cookie: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nAccept: text/html\r\nAccept-Language: zh-CN\r\n\r\n")
        .into_bytes()
}

pub fn post_form(path: &str, fields: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{fields}",
        fields.len()
    )
    .into_bytes()
}

pub fn post_json(path: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
