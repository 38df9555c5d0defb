//! Uploads that wait for a form to be sent again: it came back with questions, and nobody should have to choose the photos twice.

use super::folder::{Files, begun, fault};
use kernel::problem::Result;

/// Longest name in the quarantine folder.
const NAME: usize = 64;

impl Files {
    /// What was received under this name and lies there still, whoever has it by now; none where it was swept, which happens
    /// after a day, or never came. The name cannot be guessed, so that it is all that is asked for. Not from async code.
    ///
    /// # Errors
    /// 500 where the folder cannot be read.
    pub fn waiting(&self, token: &str) -> Result<Option<Vec<u8>>> {
        // a name of ours is a moment, a hyphen, letters and digits: never a path
        let letters = token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if token.len() > NAME || !letters || begun(token).is_none() {
            return Ok(None);
        }
        let path = self.quarantine_path(token);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(fault(&path)(e)),
        }
    }
}
