//! Stories about the city's database, each told on both engines. One binary, so that it links once.

#[cfg(test)]
mod backups;
#[cfg(test)]
mod bucket;
#[cfg(test)]
mod chain;
#[cfg(test)]
mod files;
#[cfg(test)]
mod jobs;
#[cfg(test)]
mod naming;
#[cfg(test)]
mod once;
#[cfg(test)]
mod pools;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod sealed;
#[cfg(test)]
mod searching;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod speed;
#[cfg(test)]
mod writing;
