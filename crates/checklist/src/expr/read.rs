//! From signs to a tree, with everything checked that needs no checklist.

use super::functions::Wants;
use super::lex::{Sign, signs};
use super::work::pattern;
use super::{DEEPEST, Fault, FaultCode, Function, LONGEST, Op, Tree};

pub(super) fn read(text: &str) -> Result<Tree, Fault> {
    if text.chars().count() > LONGEST {
        return Err(Fault { code: FaultCode::TooLong, at: LONGEST, what: String::new() });
    }
    let signs = signs(text)?;
    if signs.len() > SIGNS {
        return Err(Fault { code: FaultCode::TooLong, at: LONGEST, what: String::new() });
    }
    if signs.is_empty() {
        return Err(Fault { code: FaultCode::Empty, at: 0, what: String::new() });
    }
    let mut reader = Reader { signs: &signs, next: 0, end: text.chars().count() };
    let tree = reader.level(0, 0)?;
    match reader.peek() {
        Some((at, sign)) => Err(unexpected(*at, sign)),
        None => Ok(tree),
    }
}

/// Operators by how tightly they bind, loosest first; all of them from left to right.
pub(super) const LEVELS: [&[(Op, &str)]; 6] = [
    &[(Op::Or, "or")],
    &[(Op::And, "and")],
    &[(Op::Equal, "="), (Op::Unequal, "!=")],
    &[(Op::Less, "<"), (Op::AtMost, "<="), (Op::More, ">"), (Op::AtLeast, ">=")],
    &[(Op::Add, "+"), (Op::Subtract, "-")],
    &[(Op::Multiply, "*"), (Op::Divide, "div"), (Op::Remainder, "mod")],
];

/// Signs of an expression: whatever walks its tree goes no deeper than half of these.
const SIGNS: usize = 600;
/// Steps up that `position` may take.
const STEPS: usize = 10;

struct Reader<'a> {
    signs: &'a [(usize, Sign)],
    next: usize,
    end: usize,
}

fn unexpected(at: usize, sign: &Sign) -> Fault {
    let what = match sign {
        Sign::Number(number) => number.to_string(),
        Sign::Text(text) => text.chars().take(40).collect(),
        Sign::Reference(name) => format!("${{{name}}}"),
        Sign::Name(name) => name.chars().take(40).collect(),
        Sign::Mark(mark) => (*mark).to_owned(),
    };
    Fault { code: FaultCode::Unexpected, at, what }
}

impl Reader<'_> {
    fn peek(&self) -> Option<&(usize, Sign)> {
        self.signs.get(self.next)
    }

    /// The mark or word that stands next.
    fn word(&self) -> &str {
        match self.peek() {
            Some((_, Sign::Mark(mark))) => mark,
            Some((_, Sign::Name(name))) => name,
            _ => "",
        }
    }

    fn at_mark(&self, mark: &str) -> bool {
        matches!(self.peek(), Some((_, Sign::Mark(found))) if *found == mark)
    }

    fn expect(&mut self, mark: &str) -> Result<(), Fault> {
        if self.at_mark(mark) {
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
            let at = self.peek().map_or(self.end, |(at, _)| *at);
            return Err(Fault { code: FaultCode::TooDeep, at, what: String::new() });
        }
        Ok(depth + 1)
    }

    fn level(&mut self, level: usize, depth: usize) -> Result<Tree, Fault> {
        let Some(operators) = LEVELS.get(level) else { return self.signed(depth) };
        let mut tree = self.level(level + 1, depth)?;
        while let Some((op, _)) = operators.iter().find(|(_, text)| *text == self.word()) {
            self.next += 1;
            let other = self.level(level + 1, depth)?;
            tree = Tree::Pair(*op, Box::new(tree), Box::new(other));
        }
        Ok(tree)
    }

    fn signed(&mut self, depth: usize) -> Result<Tree, Fault> {
        if self.at_mark("-") {
            self.next += 1;
            let depth = self.deeper(depth)?;
            return Ok(Tree::Negative(Box::new(self.signed(depth)?)));
        }
        self.single(depth)
    }

    fn single(&mut self, depth: usize) -> Result<Tree, Fault> {
        let Some((at, sign)) = self.peek().cloned() else {
            return Err(Fault { code: FaultCode::EndsEarly, at: self.end, what: String::new() });
        };
        self.next += 1;
        match sign {
            Sign::Number(number) => Ok(Tree::Number(number)),
            Sign::Text(text) => Ok(Tree::Text(text)),
            Sign::Reference(name) => Ok(Tree::Name(name)),
            Sign::Mark(".") => Ok(Tree::This),
            Sign::Mark("(") => {
                let depth = self.deeper(depth)?;
                let tree = self.level(0, depth)?;
                self.expect(")")?;
                Ok(tree)
            }
            Sign::Name(name) if self.at_mark("(") => self.call(at, &name, depth),
            other => Err(unexpected(at, &other)),
        }
    }

    fn call(&mut self, at: usize, name: &str, depth: usize) -> Result<Tree, Fault> {
        let depth = self.deeper(depth)?;
        if name == "position" {
            return self.position(at);
        }
        let Some(function) = Function::called(name) else {
            let what = name.chars().take(40).collect();
            return Err(Fault { code: FaultCode::UnknownFunction, at, what });
        };
        self.expect("(")?;
        let mut given = Vec::new();
        while !self.at_mark(")") {
            if !given.is_empty() {
                self.expect(",")?;
            }
            given.push(self.level(0, depth)?);
        }
        self.expect(")")?;
        let fault = |code| Fault { code, at, what: name.to_owned() };
        let (least, most) = function.arguments();
        if given.len() < least || given.len() > most {
            return Err(fault(FaultCode::Arguments));
        }
        if function.wants() == Wants::All && !matches!(given.as_slice(), [Tree::Name(_)]) {
            return Err(fault(FaultCode::WantsReference));
        }
        if function == Function::Regex
            && let Some(Tree::Text(text)) = given.get(1)
            && pattern(text).is_none()
        {
            return Err(Fault { code: FaultCode::BadPattern, at, what: text.chars().take(60).collect() });
        }
        Ok(Tree::Call(function, given))
    }

    /// `(..)`, `(../..)`
    fn position(&mut self, at: usize) -> Result<Tree, Fault> {
        self.expect("(")?;
        self.expect("..")?;
        let mut steps = 1;
        while self.at_mark("/") {
            self.next += 1;
            self.expect("..")?;
            steps += 1;
        }
        self.expect(")")?;
        if steps > STEPS {
            return Err(Fault { code: FaultCode::TooDeep, at, what: "position".to_owned() });
        }
        Ok(Tree::Position(steps))
    }
}
