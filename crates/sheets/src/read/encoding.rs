//! Which encoding a text file is in, and reading it as UTF-8.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Encodings that Chinese offices send: UTF-8, GB18030 (with GBK and GB 2312), Excel's "Unicode text".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Gb18030,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    fn decoder(self) -> Decoder {
        match self {
            Self::Utf8 => UTF_8,
            Self::Gb18030 => GB18030,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
        }
        .new_decoder_with_bom_removal()
    }
}

/// What a first pass over the whole file found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Survey {
    pub(crate) encoding: Encoding,
    /// Some bytes are not text in this encoding.
    pub(crate) faulty: bool,
}

/// Decides by reading everything: a register may be ASCII for a megabyte before its first Chinese name.
pub(crate) fn survey(mut open: impl FnMut() -> io::Result<Box<dyn Read>>) -> io::Result<Survey> {
    let mut start = [0; 3];
    let mut reader = open()?;
    let got = fill(&mut reader, &mut start)?;
    let encoding = match &start[..got] {
        [0xff, 0xfe, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => Some(Encoding::Utf16Be),
        _ => None,
    };
    if let Some(encoding) = encoding {
        return Ok(Survey { encoding, faulty: false });
    }
    let utf8 = faults(Encoding::Utf8, open()?)?;
    if utf8 == 0 {
        return Ok(Survey { encoding: Encoding::Utf8, faulty: false });
    }
    let gb = faults(Encoding::Gb18030, open()?)?;
    let marked = start == [0xef, 0xbb, 0xbf];
    let (encoding, count) =
        if gb < utf8 && !marked { (Encoding::Gb18030, gb) } else { (Encoding::Utf8, utf8) };
    Ok(Survey { encoding, faulty: count > 0 })
}

/// Reads until `buffer` is full or the input ends.
pub(crate) fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while got < buffer.len() {
        match reader.read(&mut buffer[got..])? {
            0 => break,
            n => got += n,
        }
    }
    Ok(got)
}

/// How many malformed sequences the input has in this encoding.
fn faults(encoding: Encoding, mut reader: impl Read) -> io::Result<u64> {
    let mut decoder = encoding.decoder();
    let mut input = vec![0; 64 << 10];
    let mut output = vec![0; 256 << 10];
    let mut count = 0;
    loop {
        let got = fill(&mut reader, &mut input)?;
        let last = got < input.len();
        let mut from = 0;
        loop {
            let (result, read, _) =
                decoder.decode_to_utf8_without_replacement(&input[from..got], &mut output, last);
            from += read;
            match result {
                encoding_rs::DecoderResult::InputEmpty => break,
                encoding_rs::DecoderResult::OutputFull => {}
                encoding_rs::DecoderResult::Malformed(..) => count += 1,
            }
        }
        if last {
            return Ok(count);
        }
    }
}

/// Gives out UTF-8 whatever goes in; malformed bytes become U+FFFD and a byte order mark disappears.
pub(crate) struct Utf8Reader<R> {
    source: R,
    decoder: Decoder,
    input: Vec<u8>,
    output: Vec<u8>,
    at: usize,
    filled: usize,
    finished: bool,
}

impl<R: Read> Utf8Reader<R> {
    pub(crate) fn new(source: R, encoding: Encoding) -> Self {
        Self {
            source,
            decoder: encoding.decoder(),
            input: vec![0; 32 << 10],
            // three bytes of UTF-8 at most for each byte of input, and a little for what the decoder held back
            output: vec![0; (96 << 10) + 16],
            at: 0,
            filled: 0,
            finished: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        let got = fill(&mut self.source, &mut self.input)?;
        let last = got < self.input.len();
        let (result, read, written, _) =
            self.decoder.decode_to_utf8(&self.input[..got], &mut self.output, last);
        if result == CoderResult::OutputFull || read < got {
            return Err(io::Error::other("decoding needs more room than its worst case"));
        }
        self.at = 0;
        self.filled = written;
        self.finished = last;
        Ok(())
    }
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.filled {
            if self.finished {
                return Ok(0);
            }
            self.refill()?;
        }
        let n = buffer.len().min(self.filled - self.at);
        buffer[..n].copy_from_slice(&self.output[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
