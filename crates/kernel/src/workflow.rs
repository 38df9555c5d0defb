//! Processes as tables: states, moves, and what each move does to the clock.
//!
//! From the table come the buttons a person sees, `allowed_moves` in the API, the 409 for an illegal move, the diagram
//! in the docs, and the generic checks that every area's tests call ([`Workflow::faults`]).

use crate::problem::{Problem, Result};

/// A closed list of named things: states or moves.
pub trait Named: Copy + PartialEq + std::fmt::Debug + 'static {
    const ALL: &'static [Self];
    /// Stable code: stored, shown in the API, part of translation keys.
    fn code(self) -> &'static str;

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.code() == code)
    }
}

/// What a move does to the running deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockEffect {
    /// The clock of the next stage starts.
    Start,
    /// It goes on.
    Run,
    /// It stands still until it is resumed.
    Pause,
    /// It goes on after a pause.
    Resume,
    /// Nothing is due any more.
    End,
}

/// One row of a process: from any of these states, this move leads to that state.
#[derive(Clone, Copy, Debug)]
pub struct Move<S: 'static, M: 'static> {
    pub from: &'static [S],
    pub name: M,
    pub to: S,
    pub clock: ClockEffect,
}

/// A process, whole on one page.
#[derive(Clone, Copy, Debug)]
pub struct Workflow<S: 'static, M: 'static> {
    pub entity: &'static str,
    pub start: &'static [S],
    pub ends: &'static [S],
    pub moves: &'static [Move<S, M>],
}

impl<S: Named, M: Named> Workflow<S, M> {
    /// Where `name` leads from `state`, or a 409 that names both.
    pub fn step(&self, state: S, name: M) -> Result<&Move<S, M>> {
        self.moves.iter().find(|m| m.name == name && m.from.contains(&state)).ok_or_else(|| {
            Problem::conflict("move-not-allowed")
                .arg("state", format!("{}-state-{}", self.entity, state.code()))
                .arg("move", format!("{}-move-{}", self.entity, name.code()))
        })
    }

    /// Every move that the table allows from `state`, in the table's order.
    pub fn from(&self, state: S) -> impl Iterator<Item = &Move<S, M>> {
        self.moves.iter().filter(move |m| m.from.contains(&state))
    }

    /// What is wrong with the table; empty when it is sound. Every area's tests assert that it is.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut reached: Vec<S> = self.start.to_vec();
        let mut grew = true;
        while grew {
            grew = false;
            for m in self.moves {
                if m.from.iter().any(|s| reached.contains(s)) && !reached.contains(&m.to) {
                    reached.push(m.to);
                    grew = true;
                }
            }
        }
        for s in S::ALL {
            if !reached.contains(s) {
                faults.push(format!("{} is never reached", s.code()));
            }
            if self.from(*s).next().is_none() && !self.ends.contains(s) {
                faults.push(format!("{} has no way out and is not an end", s.code()));
            }
        }
        for m in M::ALL {
            if !self.moves.iter().any(|row| row.name == *m) {
                faults.push(format!("{} is in no row", m.code()));
            }
            for s in S::ALL {
                let rows = self.moves.iter().filter(|row| row.name == *m && row.from.contains(s)).count();
                if rows > 1 {
                    faults.push(format!("{} from {} is ambiguous", m.code(), s.code()));
                }
            }
        }
        for end in self.ends {
            // an end may be left (reopening), but then some other state must lead to it
            if !self.moves.iter().any(|row| row.to == *end) {
                faults.push(format!("{} is an end that nothing leads to", end.code()));
            }
        }
        faults
    }

    /// The process as a Mermaid state diagram, for the docs.
    pub fn diagram(&self) -> String {
        use std::fmt::Write;
        let mut out = format!("## {}\n\n```mermaid\nstateDiagram-v2\n", self.entity);
        let id = |s: S| s.code().replace('-', "_");
        for s in self.start {
            let _ = writeln!(out, "    [*] --> {}", id(*s));
        }
        for m in self.moves {
            for from in m.from {
                let _ = writeln!(out, "    {} --> {}: {}", id(*from), id(m.to), m.name.code());
            }
        }
        for s in self.ends {
            let _ = writeln!(out, "    {} --> [*]", id(*s));
        }
        out.push_str("```\n");
        out
    }
}

/// Writes the [`Named`] implementation of a fieldless enum: `named! { pub enum State { Open = "open", … } }`.
#[macro_export]
macro_rules! named {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }
        impl $crate::workflow::Named for $name {
            const ALL: &'static [Self] = &[$($name::$variant),+];
            fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    named! { enum S { Open = "open", Shut = "shut", Lost = "lost" } }
    named! { enum M { Close = "close", Reopen = "reopen" } }

    #[test]
    fn faults_name_what_is_wrong() {
        let w = Workflow {
            entity: "door",
            start: &[S::Open],
            ends: &[S::Shut],
            moves: &[Move { from: &[S::Open], name: M::Close, to: S::Shut, clock: ClockEffect::End }],
        };
        let faults = w.faults().join("; ");
        assert_eq!(
            faults,
            "lost is never reached; lost has no way out and is not an end; reopen is in no row"
        );
        assert!(w.step(S::Shut, M::Close).is_err());
        assert_eq!(w.step(S::Open, M::Close).unwrap().to, S::Shut);
    }
}
