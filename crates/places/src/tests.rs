//! Stories on both engines, laws of the index and the imports, real data, and pages as a browser sees them.

mod calendar;
mod import;
mod laws;
mod pages;
mod real;
mod sections;
mod sites;
mod texts;
mod town;
