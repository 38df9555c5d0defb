//! 演示数据: a whole demonstration city made by program, the same on every machine for the same seed.
//!
//! Five pure generators, none of which knows a database, a clock or the network:
//!
//! * [`facts`]: the public facts this crate ships (divisions, outline, catalogue, holidays).
//! * [`town`]: streets, community areas, unit grid, sites, units and the adoption register.
//! * [`story`]: the life of 3,000 cases, as plans that another module carries out through the real commands.
//! * [`pictures`]: photographs before and after, drawn by program.
//! * [`rounds`]: rounds of inspections, as workbooks.
//!
//! [`build`] then carries the plans out through the commands that people use. Read them in that order. Nobody in here exists; whatever leaves this crate carries [`MARK`].

mod arith;
pub mod build;
pub mod dice;
pub mod facts;
pub mod pictures;
pub mod rounds;
pub mod story;
pub mod town;
pub mod when;
pub mod worktime;

/// The mark that every generated thing carries, so that no one takes it for a record of the real city.
pub const MARK: &str = "演示数据";
