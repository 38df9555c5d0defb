//! What people who know the place say, for whoever verifies.

use super::Reader;
use crate::model::Voice;
use crate::pages::shared;
use kernel::masking::{Audience, mask_text};
use kernel::time::Instant;
use kernel::workflow::Named;
use web::Ui;

/// How many said what, and their words.
#[derive(Clone, Debug)]
pub(crate) struct Voices {
    pub fixed: usize,
    pub not_fixed: usize,
    pub lines: Vec<VoiceLine>,
}

#[derive(Clone, Debug)]
pub(crate) struct VoiceLine {
    pub fixed: bool,
    pub who: String,
    pub words: String,
    pub at: Instant,
}

/// None where nobody has said anything.
pub(crate) fn voices(ui: &Ui, all: &[Voice], reader: Reader) -> Option<Voices> {
    let fixed = all.iter().filter(|v| v.fixed).count();
    let line = |v: &Voice| {
        let tie = ui.named("voice-tie", v.tie.code());
        VoiceLine {
            fixed: v.fixed,
            who: match v.metres {
                Some(metres) => format!(
                    "{tie} · {}",
                    ui.ta("case-near-metres", [("metres", shared::metres(metres).to_string())])
                ),
                None => tie,
            },
            words: match reader {
                Reader::Office => v.words.to_string(),
                _ => mask_text(&v.words, Audience::Unit),
            },
            at: v.said_at,
        }
    };
    (!all.is_empty()).then(|| Voices {
        fixed,
        not_fixed: all.len() - fixed,
        lines: all.iter().map(line).collect(),
    })
}
