//! The functions that expressions may call.

/// What a function wants between its brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wants {
    Values,
    /// `${name}`, every answer of it.
    All,
    /// Each of them a value, or the single one `${name}`, every answer of it.
    ValuesOrAll,
}

macro_rules! functions {
    ($($name:ident $text:literal $least:literal ..= $most:literal $wants:ident,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Function { $($name,)* }

        impl Function {
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// How few and how many arguments it takes.
            pub fn arguments(self) -> (usize, usize) {
                match self { $(Self::$name => ($least, $most),)* }
            }

            pub(crate) fn wants(self) -> Wants {
                match self { $(Self::$name => Wants::$wants,)* }
            }
        }
    };
}

functions! {
    Not "not" 1..=1 Values,
    Selected "selected" 2..=2 Values,
    SelectedAt "selected-at" 2..=2 Values,
    CountSelected "count-selected" 1..=1 Values,
    If "if" 3..=3 Values,
    Coalesce "coalesce" 2..=2 Values,
    StringLength "string-length" 1..=1 Values,
    Concat "concat" 2..=64 Values,
    Contains "contains" 2..=2 Values,
    StartsWith "starts-with" 2..=2 Values,
    Regex "regex" 2..=2 Values,
    Int "int" 1..=1 Values,
    Number "number" 1..=1 Values,
    Text "string" 1..=1 Values,
    Round "round" 1..=2 Values,
    Sum "sum" 1..=1 All,
    Count "count" 1..=1 All,
    Min "min" 1..=64 ValuesOrAll,
    Max "max" 1..=64 ValuesOrAll,
    Today "today" 0..=0 Values,
    True "true" 0..=0 Values,
    False "false" 0..=0 Values,
    Date "date" 1..=1 Values,
    Once "once" 1..=1 Values,
}

impl Function {
    pub(crate) fn called(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|function| function.name() == name)
    }

    pub(crate) fn is_truth(self) -> bool {
        matches!(
            self,
            Self::Not
                | Self::Selected
                | Self::Contains
                | Self::StartsWith
                | Self::Regex
                | Self::True
                | Self::False
        )
    }
}
