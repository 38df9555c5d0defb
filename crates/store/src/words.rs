//! Search tokens of Chinese text.
//!
//! A run of Chinese characters is indexed as its overlapping pairs and its last character: 路灯不亮 becomes
//! `路灯 灯不 不亮 亮`. A query is cut the same way, its tokens joined by AND, so that whatever part of a text somebody types is
//! found; where a dictionary would put the word's edges does not matter. A query of one character asks for pairs that begin
//! with it. Latin words and numbers are tokens of their own, in lower case and half width.
//!
//! Dictionary words (jieba, search mode) were measured against this on the titles of 1,114 real messages. Of 3,081 dictionary
//! words of two to four characters standing in them, a search cut by jieba found 91 %, one cut into pairs all; 99.7 % of what
//! pairs find holds the word as typed. A dictionary cuts 路灯不亮 into 路 and 灯不亮 and then does not find 路灯. Pairs also take
//! an eighth of the time (1.3 µs for 60 characters, jieba 10.6) and none of the 33 MB; the index has 1.6 times the tokens.
//! [`words`] keeps the dictionary for counting what people write about.
//!
//! Tokens hold letters and digits only, so that no search syntax needs escaping.

use std::sync::LazyLock;

use jieba_rs::Jieba;

/// What ends a query token that asks for any token beginning with it.
pub const PREFIX_MARK: char = '*';

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Written without spaces between words.
    Ideograph,
    Letter,
    Digit,
    Other,
}

/// The tokens under which a text is found, separated by spaces, in the text's order.
pub fn index_tokens(text: &str) -> String {
    // a pair for each character and a space: seven bytes for three
    let mut out = String::with_capacity(text.len() * 5 / 2);
    let mut run = Run::default();
    each_char(text, |c, class| run.step(c, class, &mut |token| push(&mut out, token)));
    run.end(&mut |token| push(&mut out, token));
    out
}

/// The tokens a query asks for, each once; a text matches when it has all of them. A token that ends with
/// [`PREFIX_MARK`] stands for every token that begins with the rest.
pub fn query_tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut add = |token: &str, prefix: bool| {
        let mut token = token.to_owned();
        if prefix {
            token.push(PREFIX_MARK);
        }
        if !tokens.contains(&token) {
            tokens.push(token);
        }
    };
    let mut chunk = String::new();
    let mut kind = Class::Other;
    let mut flush = |chunk: &mut String, ideographs: bool| {
        if ideographs {
            let ends: Vec<usize> = chunk.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
            match ends.len() {
                0 => {}
                1 => add(chunk, true),
                n => {
                    for i in 0..n - 1 {
                        let start = if i == 0 { 0 } else { ends[i - 1] };
                        add(&chunk[start..ends[i + 1]], false);
                    }
                }
            }
        } else if !chunk.is_empty() {
            add(chunk, false);
        }
        chunk.clear();
    };
    each_char(text, |c, class| {
        let continues = match class {
            Class::Other => false,
            Class::Ideograph => kind == Class::Ideograph,
            Class::Letter | Class::Digit => matches!(kind, Class::Letter | Class::Digit),
        };
        if !continues {
            flush(&mut chunk, kind == Class::Ideograph);
        }
        if class != Class::Other {
            chunk.push(c);
        }
        kind = class;
    });
    flush(&mut chunk, kind == Class::Ideograph);
    tokens
}

/// True when a text with these index tokens matches the query: what the database does, for texts that are not in it.
pub fn matches(index_tokens: &str, query_tokens: &[String]) -> bool {
    query_tokens.iter().all(|wanted| {
        let mut tokens = index_tokens.split(' ');
        match wanted.strip_suffix(PREFIX_MARK) {
            Some(start) => tokens.any(|token| token.starts_with(start)),
            None => tokens.any(|token| token == wanted),
        }
    })
}

/// The dictionary words of a text, longest cut, for counting what people write about. The first call loads the dictionary,
/// which takes an eighth of a second and 33 MB.
pub fn words(text: &str) -> Vec<&str> {
    static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);
    DICTIONARY
        .cut(text, true)
        .into_iter()
        .map(|token| token.word)
        .filter(|word| word.chars().all(char::is_alphanumeric))
        .collect()
}

fn push(out: &mut String, token: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(token);
}

/// The run of characters being read.
#[derive(Default)]
struct Run {
    /// The last ideograph, or the letters and digits so far.
    text: String,
    /// Where in `text` letters turn to digits or back, if anywhere.
    ideograph: bool,
    mixed: bool,
    last: Option<Class>,
}

impl Run {
    fn step(&mut self, c: char, class: Class, emit: &mut impl FnMut(&str)) {
        match class {
            Class::Other => self.end(emit),
            Class::Ideograph => {
                if self.ideograph {
                    let first = self.text.len();
                    self.text.push(c);
                    emit(&self.text);
                    self.text.drain(..first);
                } else {
                    self.end(emit);
                    self.text.push(c);
                    self.ideograph = true;
                }
            }
            Class::Letter | Class::Digit => {
                if self.ideograph {
                    self.end(emit);
                }
                self.mixed |= self.last.is_some_and(|last| last != class);
                self.last = Some(class);
                self.text.push(c);
            }
        }
    }

    /// The end of a run: of ideographs its last one, of letters and digits the whole and, as in G30 or A3, its parts.
    fn end(&mut self, emit: &mut impl FnMut(&str)) {
        if !self.text.is_empty() {
            emit(&self.text);
        }
        if self.mixed {
            let digit = |c: char| c.is_numeric();
            let mut start = 0;
            let mut before = None;
            for (at, c) in self.text.char_indices() {
                if before.is_some_and(|before| before != digit(c)) {
                    emit(&self.text[start..at]);
                    start = at;
                }
                before = Some(digit(c));
            }
            emit(&self.text[start..]);
        }
        self.text.clear();
        self.ideograph = false;
        self.mixed = false;
        self.last = None;
    }
}

/// Calls with each character folded: full width to half, capitals to small.
fn each_char(text: &str, mut f: impl FnMut(char, Class)) {
    for c in text.chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        };
        match class(c) {
            Class::Letter if c.is_ascii() => f(c.to_ascii_lowercase(), Class::Letter),
            // some capitals have more than one small letter, and a mark among them that is no letter
            Class::Letter => {
                c.to_lowercase().filter(|c| c.is_alphanumeric()).for_each(|c| f(c, Class::Letter));
            }
            other => f(c, other),
        }
    }
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '\u{4e00}'..='\u{9fff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{20000}'..='\u{3ffff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30fa}'
        | '\u{ac00}'..='\u{d7a3}'
            // these ranges hold marks and places for characters to come as well
            if c.is_alphanumeric() =>
        {
            Class::Ideograph
        }
        c if c.is_ascii() => Class::Other,
        c if c.is_numeric() => Class::Digit,
        c if c.is_alphanumeric() => Class::Letter,
        _ => Class::Other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finds(query: &str, text: &str) -> bool {
        matches(&index_tokens(text), &query_tokens(query))
    }

    #[test]
    fn tokens_are_pairs_words_and_numbers() {
        assert_eq!(index_tokens("路灯不亮！"), "路灯 灯不 不亮 亮");
        assert_eq!(index_tokens("Ａ3区，新华路107号"), "a3 a 3 区 新华 华路 路 107 号");
        assert_eq!(index_tokens("CASE-2026-000412"), "case 2026 000412");
        assert_eq!(index_tokens(" 。 "), "");
        assert_eq!(query_tokens("路灯 不亮，路灯"), ["路灯", "不亮"]);
        assert_eq!(query_tokens("灯"), ["灯*"]);
        assert_eq!(query_tokens("G30高速"), ["g30", "高速"]);
        assert!(query_tokens("!\"'*:()&|").is_empty());
    }

    #[test]
    fn what_a_person_types_is_found() {
        let text = "A市地铁2#线在梅溪湖CBD处增设一个站（３号口），国道G30旁，𠮷野家";
        for query in [
            "梅溪湖",
            "溪湖",
            "湖",
            "站",
            "cbd",
            "ＣＢＤ",
            "3号",
            "g30",
            "30",
            "地铁 cbd",
            "2",
            "野家",
            "家",
            "𠮷",
        ] {
            assert!(finds(query, text), "{query}");
        }
        for query in ["湖梅", "公交", "4号", "地铁 公交", "家𠮷"] {
            assert!(!finds(query, text), "{query}");
        }
    }

    #[test]
    fn dictionary_words_are_words() {
        assert_eq!(words("请求修理公园路灯，谢谢"), ["请求", "修理", "公园", "路灯", "谢谢"]);
    }

    #[test]
    fn a_mark_that_is_no_letter_is_no_token() {
        // the mark that makes か into が, alone and behind its letter
        for text in ["\u{3099}", "か\u{3099}", "路\u{309b}灯", "\u{3fffd}"] {
            assert!(index_tokens(text).chars().all(|c| c == ' ' || c.is_alphanumeric()), "{text:?}");
            assert!(finds(text, text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_part_of_a_text_of_ideographs_finds_it(text in "[一-龥]{1,30}", from in 0_usize..30, length in 1_usize..8) {
            let part: String = text.chars().skip(from).take(length).collect();
            prop_assert!(finds(&part, &text));
        }

        #[test]
        fn tokens_need_no_escaping_and_a_text_finds_itself(text in any::<String>()) {
            let index = index_tokens(&text);
            prop_assert!(index.chars().all(|c| c == ' ' || c.is_alphanumeric()));
            let query = query_tokens(&text);
            prop_assert!(query.iter().all(|token| token.trim_end_matches('*').chars().all(char::is_alphanumeric)));
            prop_assert!(matches(&index, &query), "{:?} {:?}", index, query);
        }
    }
}
