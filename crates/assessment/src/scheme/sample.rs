//! Schemes that ship with the program, marked 样例. The first is of our own wording and is no edition of any real scheme; the others
//! put two cities' published rules of scoring into our notation, to show that they can be.

use super::sheet::{self, Line};
use kernel::problem::{Problem, Result};

kernel::named! {
    pub enum Sample {
        City = "city",
        Jinhua = "jinhua",
        Luan = "luan",
    }
}

impl Sample {
    fn table(self) -> &'static str {
        match self {
            Sample::City => include_str!("../../samples/city.csv"),
            Sample::Jinhua => include_str!("../../samples/jinhua.csv"),
            Sample::Luan => include_str!("../../samples/luan.csv"),
        }
    }

    /// The way that rounds of inspections feed in it.
    pub fn observed_way(self) -> &'static str {
        match self {
            Sample::City => "实地考察",
            Sample::Jinhua => "统计",
            Sample::Luan => "检查",
        }
    }

    /// Its name in a city.
    pub fn name(self) -> &'static str {
        match self {
            Sample::City => "城市测评体系（样例）",
            Sample::Jinhua => "金华市计分规则（样例）",
            Sample::Luan => "六安市计分规则（样例）",
        }
    }

    /// Its nodes.
    ///
    /// # Errors
    /// 500 where the file that ships is broken: a test reads all of them.
    pub fn lines(self) -> Result<Vec<Line>> {
        let (lines, report) = sheet::read(self.table().as_bytes().to_vec())?;
        match report.refused.first() {
            None => Ok(lines),
            Some(wrong) => Err(Problem::internal(format!("sample, row {}: {}", wrong.row, wrong.reason))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::workflow::Named;

    #[test]
    fn every_sample_can_be_read() {
        for sample in Sample::ALL {
            assert!(sample.lines().unwrap().len() >= 3, "{sample:?}");
        }
    }
}
