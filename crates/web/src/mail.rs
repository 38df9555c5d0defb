//! Mail: a row in the jobs table, written by the command that makes it due; sent by SMTP, or put into a folder.
//!
//! The text of a letter is the Fluent text `mail-<kind>`, its subject the attribute `.subject`, in the language of whoever
//! gets it. `{ $city }` and `{ $link }` can be used in every letter. A letter may go out twice when the program dies while
//! sending it; both have the same Message-ID, by which mail programs show one.

use crate::app::App;
use kernel::ctx::Locale;
use kernel::problem::{Problem, Result};
use lettre::message::{Mailbox, Message, header::ContentType};
use lettre::{SmtpTransport, Transport as _};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use store::Tx;
use store::jobs::{JobHandler, Work, enqueue};

/// A letter to one address.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Letter {
    pub to: String,
    pub locale: Locale,
    /// Names the text `mail-<kind>`.
    pub kind: String,
    pub args: Vec<(String, String)>,
    /// Path on this site that `{ $link }` leads to.
    pub href: String,
}

/// Makes a letter due if this transaction commits.
pub fn send(tx: &mut Tx<'_>, letter: &Letter) -> Result<()> {
    let now = tx.now();
    enqueue(tx, "mail-send", letter, now, None)
}

/// How letters leave.
#[derive(Clone, Debug, Default)]
pub enum Transport {
    /// They do not: the job ends without doing anything.
    #[default]
    Nowhere,
    /// Each becomes a file `*.eml`: for demonstrations and tests.
    Folder(PathBuf),
    Smtp(SmtpTransport),
}

impl Transport {
    /// `smtps://user:password@host:465`, `smtp://host:25?tls=required`.
    pub fn smtp(url: &str) -> Result<Self> {
        let builder =
            SmtpTransport::from_url(url).map_err(|e| Problem::internal(format!("mail server: {e}")))?;
        Ok(Self::Smtp(builder.build()))
    }
}

/// What the job needs: put it into the workers' [`store::jobs::Toolbox`].
#[derive(Clone, Debug)]
pub struct Mailer {
    app: App,
    from: String,
    transport: Transport,
}

impl Mailer {
    /// `from`: `创城 <no-reply@wm.example.gov.cn>`.
    pub fn new(app: App, from: &str, transport: Transport) -> Self {
        Self { app, from: from.to_owned(), transport }
    }

    /// The program's texts, for what is sent by other ways than mail.
    pub fn texts(&self) -> &crate::i18n::Texts {
        self.app.texts()
    }

    /// Where people reach the program: what a link of a job's making begins with.
    pub fn base_url(&self) -> &str {
        &self.app.settings().base_url
    }
}

pub(crate) const JOB: JobHandler = JobHandler::new("mail-send", run);

fn run(work: &Work<'_>) -> Result<()> {
    let mailer: &Mailer = work.tools.get()?;
    if matches!(mailer.transport, Transport::Nowhere) {
        return Ok(());
    }
    let letter: Letter = work.payload()?;
    let city = mailer.app.city(&work.ctx.city).map(|c| c.name()).unwrap_or_default();
    let link = format!("{}{}", mailer.app.settings().base_url, letter.href);
    let mut args: Vec<(&str, String)> = letter.args.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
    args.push(("city", city));
    args.push(("link", link));
    let texts = mailer.app.texts();
    let subject = texts.get(letter.locale, &format!("mail-{}.subject", letter.kind), &args);
    let body = texts.get(letter.locale, &format!("mail-{}", letter.kind), &args);
    let fault = |e: &dyn std::fmt::Display| Problem::internal(format!("letter {}: {e}", letter.kind));
    let from: Mailbox = mailer.from.parse().map_err(|e| fault(&e))?;
    let to: Mailbox = letter.to.parse().map_err(|e| fault(&e))?;
    let host = from.email.domain().to_owned();
    let message = Message::builder()
        .from(from)
        .to(to)
        .subject(subject)
        .message_id(Some(format!("<{}.{}@{host}>", work.ctx.city, work.id)))
        .header(ContentType::TEXT_PLAIN)
        .body(body)
        .map_err(|e| fault(&e))?;
    match &mailer.transport {
        Transport::Nowhere => Ok(()),
        Transport::Folder(folder) => {
            std::fs::create_dir_all(folder).map_err(|e| fault(&e))?;
            std::fs::write(folder.join(format!("{}.eml", work.id)), message.formatted())
                .map_err(|e| fault(&e))
        }
        Transport::Smtp(smtp) => smtp.send(&message).map(drop).map_err(|e| fault(&e)),
    }
}
