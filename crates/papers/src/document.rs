//! What an official document says, without how it looks. Everything that is kept of an issued document is this.

use serde::{Deserialize, Serialize};

/// A document of an office, in the parts that GB/T 9704 knows. Empty texts and lists are left out of the paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// 发文机关标志: the office in red above the line, e.g. 嘉峪关市精神文明建设指导委员会办公室.
    pub head: String,
    /// 发文字号, e.g. 嘉创督〔2026〕7号.
    pub number: String,
    /// 签发人, for documents that go upwards.
    pub signer: String,
    /// 标题.
    pub title: String,
    /// 主送机关, without the colon.
    pub addressee: String,
    /// 正文.
    pub body: Vec<Block>,
    /// 附件说明: names of what is attached; their contents stand in `annexes`.
    pub annex_names: Vec<String>,
    /// 署名 and 成文日期.
    pub closing: Option<Closing>,
    /// 附注, in brackets below the date, e.g. whom to call.
    pub remark: String,
    /// 抄送机关.
    pub copies: String,
    /// A square to scan, below the text.
    pub code: Option<Code>,
    /// 附件: each begins a page.
    pub annexes: Vec<Annex>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// Begins two characters in.
    Paragraph(String),
    /// Numbered by its level: 一、 （一） 1. （1）; the numbers of deeper levels begin anew below each.
    Item {
        level: Level,
        text: String,
    },
    Table(Table),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 一、 in 黑体.
    First,
    /// （一） in 楷体.
    Second,
    /// 1.
    Third,
    /// （1）
    Fourth,
}

/// Rows below a head that stands again on every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Names of the columns; empty: a table without a head.
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Widths in relation to each other; one for each column.
    pub widths: Vec<u16>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Who issues it.
    pub organ: String,
    /// As it is printed: 2026年3月5日.
    pub date: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// What a telephone reads: an address.
    pub text: String,
    /// What stands beside it.
    pub caption: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annex {
    pub title: String,
    pub body: Vec<Block>,
}

impl Document {
    #[must_use]
    pub fn paragraph(mut self, text: impl Into<String>) -> Self {
        self.body.push(Block::Paragraph(text.into()));
        self
    }

    #[must_use]
    pub fn item(mut self, level: Level, text: impl Into<String>) -> Self {
        self.body.push(Block::Item { level, text: text.into() });
        self
    }

    #[must_use]
    pub fn table(mut self, table: Table) -> Self {
        self.body.push(Block::Table(table));
        self
    }
}

/// Counts items and writes their numbers.
#[derive(Clone, Debug, Default)]
pub struct Numbering([u32; 4]);

impl Numbering {
    /// The number of the next item of this level.
    pub fn next(&mut self, level: Level) -> String {
        let place = level as usize;
        self.0[place] += 1;
        self.0[place + 1..].fill(0);
        let n = self.0[place];
        match level {
            Level::First => format!("{}、", chinese(n)),
            Level::Second => format!("（{}）", chinese(n)),
            Level::Third => format!("{n}. "),
            Level::Fourth => format!("（{n}）"),
        }
    }
}

/// A number up to 99 in Chinese; larger ones in digits.
pub fn chinese(n: u32) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| DIGITS[n as usize % 10];
    match n {
        0..=9 => digit(n).to_owned(),
        10 => "十".to_owned(),
        11..=19 => format!("十{}", digit(n)),
        20..=99 if n.is_multiple_of(10) => format!("{}十", digit(n / 10)),
        20..=99 => format!("{}十{}", digit(n / 10), digit(n)),
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_numbered_by_level_and_begin_anew() {
        let mut numbers = Numbering::default();
        let levels = [Level::First, Level::Second, Level::Third, Level::Fourth, Level::Third, Level::First];
        let written: Vec<String> = levels.into_iter().map(|l| numbers.next(l)).collect();
        assert_eq!(written, ["一、", "（一）", "1. ", "（1）", "2. ", "二、"]);
        assert_eq!(numbers.next(Level::Second), "（一）");
    }

    #[test]
    fn chinese_numbers() {
        let written: Vec<String> = [1, 10, 11, 20, 21, 99, 100].into_iter().map(chinese).collect();
        assert_eq!(written, ["一", "十", "十一", "二十", "二十一", "九十九", "100"]);
    }

    #[test]
    fn what_is_kept_reads_back_the_same() {
        let document = Document { title: "督办函".into(), ..Document::default() }
            .paragraph("请")
            .item(Level::First, "事由")
            .table(Table { head: vec!["项".into()], rows: vec![vec!["值".into()]], widths: vec![1] });
        let text = serde_json::to_string(&document).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&text).unwrap(), document);
        // what an older version kept has fewer parts
        assert_eq!(serde_json::from_str::<Document>("{}").unwrap(), Document::default());
    }
}
