//! Tables as text, and the hash of it.

use sha2::{Digest, Sha256};

/// What SHA-256 answers.
pub type Hash = [u8; 32];

/// A row of a table that is hashed.
pub type Row = Vec<String>;

/// A text as it may stand in a cell: control characters, tabs and line ends among them, become spaces; none at the ends.
pub fn cell(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.trim().to_owned()
}

/// The text of a table, as it is hashed.
pub fn text(rows: &[Row]) -> String {
    let mut out = String::new();
    for row in rows {
        out.push_str(&row.join("\t"));
        out.push('\n');
    }
    out
}

/// SHA-256 of the parts, one behind the other.
pub fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Whether every cell is one: a table whose cells hold tabs or line ends has the text of another table.
pub(crate) fn is_sound(rows: &[Row]) -> bool {
    rows.iter().flatten().all(|c| !c.contains(['\t', '\n', '\r']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_never_looks_like_two() {
        assert_eq!(cell(" 绿化\t市场\n二号门 "), "绿化 市场 二号门");
        assert_eq!(text(&[vec!["a".into(), "b".into()], vec!["c".into()]]), "a\tb\nc\n");
        assert!(!is_sound(&[vec!["a\tb".into()]]));
    }

    #[test]
    fn the_hash_is_the_one_that_everybody_has() {
        // FIPS 180-4, example of "abc"
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex::encode(sha256(&[b"ab", b"c"])), abc);
    }
}
