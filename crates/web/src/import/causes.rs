//! Why a row stays out.

use kernel::problem::{Problem, Result};
use sheets::{Remark, WHOLE_ROW};

/// Field and code of everything that is wrong with a row.
#[derive(Clone, Debug, Default)]
pub struct Causes(Vec<(String, String)>);

impl Causes {
    pub fn add(&mut self, field: &str, code: impl Into<String>) {
        self.0.push((field.to_owned(), code.into()));
    }

    pub fn one(field: &str, code: impl Into<String>) -> Self {
        Self(vec![(field.to_owned(), code.into())])
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn remarks(self, row: u64) -> Vec<Remark> {
        self.0.into_iter().map(|(field, code)| Remark::new(row, field, code)).collect()
    }

    /// A command's refusal as causes. Faults of ours are not the row's and end the import.
    pub fn of(problem: Problem) -> Result<Self> {
        if problem.is_ours() || problem.status == 401 {
            return Err(problem);
        }
        let fields: Vec<_> =
            problem.fields.iter().map(|f| (f.field.clone().into(), f.code.to_owned())).collect();
        Ok(if fields.is_empty() { Self::one(WHOLE_ROW, problem.code) } else { Self(fields) })
    }
}
