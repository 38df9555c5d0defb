//! How a delimited text file separates and quotes its cells.

/// Delimiter and quotation mark of a CSV or TSV file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    pub delimiter: u8,
    pub quote: u8,
    /// The file's first line is Excel's `sep=;` and not data.
    pub sep_line: bool,
    /// Lines end as Windows ends them.
    pub crlf: bool,
}

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

impl Dialect {
    /// Guesses from the start of the file.
    pub(crate) fn detect(sample: &str, truncated: bool) -> Self {
        let crlf = sample.find('\n').is_some_and(|at| sample[..at].ends_with('\r'));
        let first_line = sample.lines().next().unwrap_or_default();
        if let Some(&[delimiter]) = first_line.strip_prefix("sep=").map(str::as_bytes)
            && delimiter.is_ascii()
            && !matches!(delimiter, b'"' | b'\'')
        {
            return Self { delimiter, quote: quote(sample, delimiter), sep_line: true, crlf };
        }
        let mut best = (0.0, b',');
        for delimiter in DELIMITERS {
            let score = score(sample, truncated, delimiter);
            if score > best.0 {
                best = (score, delimiter);
            }
        }
        Self { delimiter: best.1, quote: quote(sample, best.1), sep_line: false, crlf }
    }
}

/// High when most records have the same number of cells, and several of them.
#[expect(clippy::cast_precision_loss, reason = "counts of at most a few hundred")]
fn score(sample: &str, truncated: bool, delimiter: u8) -> f64 {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quote(quote(sample, delimiter))
        .from_reader(sample.as_bytes());
    let mut widths = Vec::new();
    let mut record = csv::ByteRecord::new();
    while widths.len() < 200 && matches!(reader.read_byte_record(&mut record), Ok(true)) {
        widths.push(record.len());
    }
    if truncated && widths.len() > 1 {
        widths.pop();
    }
    let mut counts = std::collections::BTreeMap::new();
    for width in &widths {
        *counts.entry(*width).or_insert(0_usize) += 1;
    }
    let Some((width, times)) = counts.into_iter().max_by_key(|(width, times)| (*times, *width)) else {
        return 0.0;
    };
    let agreement = times as f64 / widths.len() as f64;
    agreement * agreement * (width as f64).ln()
}

/// `'` only where cells that open with it close with it on the same line, and none opens with `"`: an apostrophe at the start of a
/// cell is more often Excel's mark for text, and one at its end belongs to the word.
fn quote(sample: &str, delimiter: u8) -> u8 {
    let bytes = sample.as_bytes();
    let edge = |at: Option<&u8>| at.is_none_or(|b| *b == delimiter || *b == b'\n' || *b == b'\r');
    let (mut opened, mut paired, mut at) = (0, 0, 0);
    // up to here no cell closes: what opens there is not looked at again
    let mut open_until = 0;
    while let Some(byte) = bytes.get(at) {
        let first = edge(at.checked_sub(1).and_then(|i| bytes.get(i)));
        at += 1;
        if !first || !matches!(byte, b'"' | b'\'') {
            continue;
        }
        if *byte == b'"' {
            return b'"';
        }
        opened += 1;
        if at < open_until {
            continue;
        }
        let line = bytes.get(at..).unwrap_or_default();
        let line =
            line.get(..line.iter().position(|b| *b == b'\n').unwrap_or(line.len())).unwrap_or_default();
        let closes = |i: &usize| line.get(*i) == Some(&b'\'') && edge(line.get(i + 1));
        match (0..line.len()).find(closes) {
            Some(close) => {
                paired += 1;
                at += close + 1;
            }
            None => open_until = at + line.len(),
        }
    }
    if opened >= 2 && paired * 5 >= opened * 4 { b'\'' } else { b'"' }
}
