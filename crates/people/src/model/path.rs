//! Where a unit stands in the tree: the numbers of the units from the root down to it.

use std::borrow::Cow;

/// `000001/000007/`: the seventh unit, below the first. Everything below a path begins with it, and the paths that
/// begin with it are one range in byte order, because only digits and `/` occur.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(String);

impl Path {
    pub fn root(number: i64) -> Self {
        Self(format!("{number:06}/"))
    }

    #[must_use]
    pub fn child(&self, number: i64) -> Self {
        Self(format!("{}{number:06}/", self.0))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first text behind all that is at or below this path: `:` comes right after the digits.
    pub fn end(&self) -> String {
        format!("{}:", self.0)
    }

    /// Whether `other` is this unit or one below it.
    pub fn covers(&self, other: &Path) -> bool {
        other.0.starts_with(&self.0)
    }

    /// 0 for the root.
    pub fn depth(&self) -> usize {
        self.0.matches('/').count().saturating_sub(1)
    }

    /// The paths of the units above, from the root down, without itself.
    pub fn above(&self) -> Vec<String> {
        let ends: Vec<usize> = self.0.match_indices('/').map(|(at, _)| at + 1).collect();
        ends.iter().rev().skip(1).rev().map(|end| self.0[..*end].to_owned()).collect()
    }
}

impl store::Bind for Path {
    fn bind(&self) -> store::Value<'_> {
        store::Value::Text(Cow::Borrowed(&self.0))
    }
}

impl store::Column for Path {
    fn read(value: store::Value<'_>) -> Option<Self> {
        <String as store::Column>::read(value).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_hold_what_is_below_them() {
        let city = Path::root(1);
        let bureau = city.child(7);
        let school = bureau.child(123);
        assert_eq!(school.as_str(), "000001/000007/000123/");
        assert!(city.covers(&school) && bureau.covers(&bureau) && !school.covers(&bureau));
        assert!(!Path::root(1).covers(&Path::root(1_000_001)));
        assert_eq!((city.depth(), school.depth()), (0, 2));
        assert_eq!(school.above(), ["000001/", "000001/000007/"]);
        assert!(city.above().is_empty());
        let inside = |p: &Path| p.as_str() >= bureau.as_str() && p.as_str() < bureau.end().as_str();
        assert!(inside(&bureau) && inside(&school) && !inside(&city) && !inside(&city.child(8)));
    }
}
