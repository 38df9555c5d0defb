//! Somebody else's program: a small HTTP server on this machine that notes down what it gets and answers as it is told.

use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// A request that came.
#[derive(Clone, Debug)]
pub struct Received {
    pub path: String,
    /// By lower-case name.
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Received {
    /// A header's value; empty when it did not come.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

/// What it answers.
#[derive(Clone, Debug)]
pub enum Reply {
    Status(u16),
    /// With one more header, and a body.
    With(u16, (&'static str, String), String),
    /// 200 after a while.
    Slow(Duration),
    /// The connection is closed without an answer.
    HangUp,
}

type Script = Box<dyn FnMut(&Received) -> Reply + Send>;

struct Shared {
    script: Mutex<Script>,
    log: Mutex<Vec<Received>>,
    stop: AtomicBool,
    busy: AtomicUsize,
    busiest: AtomicUsize,
}

/// Runs until it is dropped.
pub struct Receiver {
    port: u16,
    shared: Arc<Shared>,
}

impl Receiver {
    /// One that answers 200 until it is [told](Self::answer) otherwise.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            script: Mutex::new(Box::new(|_| Reply::Status(200))),
            log: Mutex::default(),
            stop: AtomicBool::new(false),
            busy: AtomicUsize::new(0),
            busiest: AtomicUsize::new(0),
        });
        let own = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if own.stop.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&own);
                std::thread::spawn(move || serve(&shared, stream));
            }
        });
        Self { port, shared }
    }

    /// What it answers from now on.
    pub fn answer(&self, script: impl FnMut(&Received) -> Reply + Send + 'static) {
        *self.shared.script.lock() = Box::new(script);
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Everything that came so far, in the order in which it came.
    pub fn received(&self) -> Vec<Received> {
        self.shared.log.lock().clone()
    }

    /// [`received`](Self::received), and forgets it.
    pub fn taken(&self) -> Vec<Received> {
        std::mem::take(&mut *self.shared.log.lock())
    }

    /// Most requests that were there at the same time.
    pub fn busiest(&self) -> usize {
        self.shared.busiest.load(Ordering::SeqCst)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

/// Requests of one connection, one after the other, as long as the other side keeps it.
fn serve(shared: &Shared, stream: TcpStream) {
    let Ok(mut out) = stream.try_clone() else { return };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(30)));
    let mut input = BufReader::new(stream);
    while let Some(request) = read(&mut input) {
        let busy = shared.busy.fetch_add(1, Ordering::SeqCst) + 1;
        shared.busiest.fetch_max(busy, Ordering::SeqCst);
        let reply = {
            // one lock for both: the log is in the order in which answers were decided
            let mut script = shared.script.lock();
            let reply = script(&request);
            shared.log.lock().push(request);
            reply
        };
        let (status, header, body) = match reply {
            Reply::Status(status) => (status, String::new(), String::new()),
            Reply::With(status, (name, value), body) => (status, format!("{name}: {value}\r\n"), body),
            Reply::Slow(time) => {
                std::thread::sleep(time);
                (200, String::new(), String::new())
            }
            Reply::HangUp => {
                shared.busy.fetch_sub(1, Ordering::SeqCst);
                return;
            }
        };
        shared.busy.fetch_sub(1, Ordering::SeqCst);
        let length = body.len();
        let answer = format!("HTTP/1.1 {status} Said\r\n{header}content-length: {length}\r\n\r\n{body}");
        if out.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn read(input: &mut BufReader<TcpStream>) -> Option<Received> {
    let mut line = String::new();
    input.read_line(&mut line).ok().filter(|n| *n > 0)?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut headers = BTreeMap::new();
    loop {
        line.clear();
        input.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|l| l.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    Some(Received { path, headers, body: String::from_utf8_lossy(&body).into_owned() })
}
