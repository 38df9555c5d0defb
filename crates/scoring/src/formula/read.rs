//! From signs to a tree, with everything checked that can be.

use super::lex::{Sign, signs};
use super::{DEEPEST, Fault, FaultCode, Function, LONGEST, Pair, Tree, What};
use crate::exact::Exact;

pub(super) fn read(text: &str, names: &[&str]) -> Result<Tree, Fault> {
    if text.chars().count() > LONGEST {
        return Err(Fault { code: FaultCode::TooLong, at: LONGEST, what: String::new() });
    }
    let signs = signs(text)?;
    if signs.is_empty() {
        return Err(Fault { code: FaultCode::Empty, at: 0, what: String::new() });
    }
    let mut reader = Reader { signs: &signs, next: 0, end: text.chars().count(), names };
    let tree = reader.either(0)?;
    match reader.peek() {
        Some((at, sign)) => Err(unexpected(*at, sign)),
        None => wanted(tree, false),
    }
}

struct Reader<'a> {
    signs: &'a [(usize, Sign)],
    next: usize,
    end: usize,
    names: &'a [&'a str],
}

fn unexpected(at: usize, sign: &Sign) -> Fault {
    let what = match sign {
        Sign::Number(number) => number.to_string(),
        Sign::Name(name) => name.clone(),
        Sign::Mark(mark) => (*mark).to_owned(),
    };
    Fault { code: FaultCode::Unexpected, at, what }
}

/// The tree, if it is of the kind that is wanted there.
fn wanted(tree: Tree, truth: bool) -> Result<Tree, Fault> {
    if tree.is_truth() == truth {
        return Ok(tree);
    }
    Err(Fault { code: FaultCode::WrongKind, at: tree.at, what: String::new() })
}

fn pair(at: usize, how: Pair, one: Tree, other: Tree) -> Tree {
    Tree { at, what: What::Pair(how, Box::new(one), Box::new(other)) }
}

impl Reader<'_> {
    fn peek(&self) -> Option<&(usize, Sign)> {
        self.signs.get(self.next)
    }

    fn mark(&self) -> &str {
        match self.peek() {
            Some((_, Sign::Mark(mark))) => mark,
            _ => "",
        }
    }

    fn word(&self) -> &str {
        match self.peek() {
            Some((_, Sign::Name(name))) => name,
            _ => "",
        }
    }

    fn place(&self) -> usize {
        self.peek().map_or(self.end, |(at, _)| *at)
    }

    fn expect(&mut self, mark: &str) -> Result<(), Fault> {
        if self.mark() == mark {
            self.next += 1;
            return Ok(());
        }
        match self.peek() {
            Some((at, sign)) => Err(unexpected(*at, sign)),
            None => Err(Fault { code: FaultCode::EndsEarly, at: self.end, what: mark.to_owned() }),
        }
    }

    fn deeper(&self, depth: usize) -> Result<usize, Fault> {
        if depth >= DEEPEST {
            return Err(Fault { code: FaultCode::TooDeep, at: self.place(), what: String::new() });
        }
        Ok(depth + 1)
    }

    fn either(&mut self, depth: usize) -> Result<Tree, Fault> {
        let depth = self.deeper(depth)?;
        let mut tree = self.both(depth)?;
        while matches!(self.word(), "or" | "或") {
            let at = self.place();
            self.next += 1;
            let other = wanted(self.both(depth)?, true)?;
            tree = pair(at, Pair::Or, wanted(tree, true)?, other);
        }
        Ok(tree)
    }

    fn both(&mut self, depth: usize) -> Result<Tree, Fault> {
        let mut tree = self.denied(depth)?;
        while matches!(self.word(), "and" | "且") {
            let at = self.place();
            self.next += 1;
            let other = wanted(self.denied(depth)?, true)?;
            tree = pair(at, Pair::And, wanted(tree, true)?, other);
        }
        Ok(tree)
    }

    fn denied(&mut self, depth: usize) -> Result<Tree, Fault> {
        if matches!(self.word(), "not" | "非") {
            let at = self.place();
            self.next += 1;
            let depth = self.deeper(depth)?;
            let of = wanted(self.denied(depth)?, true)?;
            return Ok(Tree { at, what: What::Not(Box::new(of)) });
        }
        self.compared(depth)
    }

    fn compared(&mut self, depth: usize) -> Result<Tree, Fault> {
        let tree = self.sum(depth)?;
        let how = match self.mark() {
            "<" => Pair::Less,
            "<=" => Pair::AtMost,
            ">" => Pair::More,
            ">=" => Pair::AtLeast,
            "=" => Pair::Equal,
            "!=" => Pair::Unequal,
            _ => return Ok(tree),
        };
        let at = self.place();
        self.next += 1;
        let other = wanted(self.sum(depth)?, false)?;
        Ok(pair(at, how, wanted(tree, false)?, other))
    }

    fn sum(&mut self, depth: usize) -> Result<Tree, Fault> {
        let mut tree = self.product(depth)?;
        loop {
            let how = match self.mark() {
                "+" => Pair::Add,
                "-" => Pair::Subtract,
                _ => return Ok(tree),
            };
            let at = self.place();
            self.next += 1;
            let other = wanted(self.product(depth)?, false)?;
            tree = pair(at, how, wanted(tree, false)?, other);
        }
    }

    fn product(&mut self, depth: usize) -> Result<Tree, Fault> {
        let mut tree = self.signed(depth)?;
        loop {
            let how = match self.mark() {
                "*" => Pair::Multiply,
                "/" => Pair::Divide,
                _ => return Ok(tree),
            };
            let at = self.place();
            self.next += 1;
            let other = wanted(self.signed(depth)?, false)?;
            tree = pair(at, how, wanted(tree, false)?, other);
        }
    }

    fn signed(&mut self, depth: usize) -> Result<Tree, Fault> {
        if self.mark() == "-" {
            let at = self.place();
            self.next += 1;
            let depth = self.deeper(depth)?;
            let of = wanted(self.signed(depth)?, false)?;
            return Ok(Tree { at, what: What::Negative(Box::new(of)) });
        }
        self.single(depth)
    }

    fn single(&mut self, depth: usize) -> Result<Tree, Fault> {
        let Some((at, sign)) = self.peek().cloned() else {
            return Err(Fault { code: FaultCode::EndsEarly, at: self.end, what: String::new() });
        };
        self.next += 1;
        match sign {
            Sign::Number(number) => Ok(Tree { at, what: What::Number(number) }),
            Sign::Mark("(") => {
                let tree = self.either(depth)?;
                self.expect(")")?;
                Ok(tree)
            }
            Sign::Name(name) if self.mark() == "(" => self.call(at, &name, depth),
            Sign::Name(name) => match self.names.iter().position(|known| *known == name) {
                Some(known) => Ok(Tree { at, what: What::Name(known) }),
                None => Err(Fault { code: FaultCode::UnknownName, at, what: name }),
            },
            Sign::Mark(_) => Err(unexpected(at, &sign)),
        }
    }

    fn call(&mut self, at: usize, name: &str, depth: usize) -> Result<Tree, Fault> {
        let Some((function, least, most)) = function(name) else {
            return Err(Fault { code: FaultCode::UnknownFunction, at, what: name.to_owned() });
        };
        self.expect("(")?;
        let mut given = Vec::new();
        while self.mark() != ")" {
            if !given.is_empty() {
                self.expect(",")?;
            }
            let truth = function == Function::If && given.is_empty();
            given.push(wanted(self.either(depth)?, truth)?);
        }
        self.expect(")")?;
        if given.len() < least || given.len() > most {
            return Err(Fault { code: FaultCode::Arguments, at, what: name.to_owned() });
        }
        if function == Function::Round {
            let plain = given.get(1).and_then(places);
            if given.len() == 2 && plain.is_none() {
                return Err(Fault { code: FaultCode::Places, at, what: name.to_owned() });
            }
        }
        Ok(Tree { at, what: What::Call(function, given) })
    }
}

/// The function, and how few and how many arguments it takes.
fn function(name: &str) -> Option<(Function, usize, usize)> {
    Some(match name {
        "if" | "如果" => (Function::If, 3, 3),
        "min" | "最小" => (Function::Min, 1, 64),
        "max" | "最大" => (Function::Max, 1, 64),
        "mean" | "平均" => (Function::Mean, 1, 64),
        "median" | "中位" => (Function::Median, 1, 64),
        "sum" | "合计" => (Function::Sum, 1, 64),
        "clamp" | "限于" => (Function::Clamp, 3, 3),
        "round" | "四舍五入" => (Function::Round, 1, 2),
        "floor" | "向下取整" => (Function::Floor, 1, 1),
        "ceil" | "向上取整" => (Function::Ceil, 1, 1),
        "abs" | "绝对值" => (Function::Abs, 1, 1),
        _ => return None,
    })
}

/// Places of `round` as they must be written.
pub(super) fn places(tree: &Tree) -> Option<usize> {
    let What::Number(number) = &tree.what else { return None };
    (0..=6_usize).find(|n| Exact::from(*n) == *number)
}
