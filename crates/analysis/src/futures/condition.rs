//! A condition on kept futures, `npv < 0 and not payback is missing`: read, and asked of one future after another.

use crate::sign::Sign;
use engine::uncertainty::plainly_quoted;

/// Characters of a condition at most.
pub const MOST_CHARACTERS: usize = 4_000;

/// Parentheses within one another at most.
pub const DEEPEST: usize = 32;

/// What a word of a condition stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Named {
    /// A column, by its position.
    Column(usize),
    /// A value that has a name, such as a funding regime, and the columns that may have it.
    Value(f64, Vec<usize>),
}

/// What may be asked of a future: whether it holds there, does not, or cannot be told because a figure is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// What is asked.
    pub test: Test,
    /// Columns that it looks at, by their positions among those of the futures.
    pub columns: Vec<usize>,
}

/// What is asked of a future.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// How two figures, or a figure and a number, compare.
    Compare(Operand, Sign, Operand),
    /// A yes or no, by its place in `columns`.
    Happens(usize),
    /// That a figure is missing, by its place in `columns`.
    IsMissing(usize),
    /// That another does not hold.
    Not(Box<Test>),
    /// That all of these hold.
    All(Vec<Test>),
    /// That one of these holds.
    Any(Vec<Test>),
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Operand {
    /// A number as it was written, or the value that a name stands for.
    Number(f64),
    /// A figure, by its place in `columns`.
    Figure(usize),
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Sign(Sign),
    Open,
    Close,
}

impl Condition {
    /// Reads a condition; `find` gives what a word stands for, or says why it is nothing.
    ///
    /// # Errors
    /// What is wrong with it, and what would be right.
    pub fn read(text: &str, find: &dyn Fn(&str) -> Result<Named, String>) -> Result<Self, String> {
        if text.chars().count() > MOST_CHARACTERS {
            return Err(format!("it is longer than {MOST_CHARACTERS} characters"));
        }
        let mut reader = Reader { tokens: tokens(text)?, at: 0, depth: 0, columns: Vec::new(), find };
        let test = reader.any()?;
        match reader.tokens.get(reader.at) {
            None => Ok(Self { test, columns: reader.columns }),
            Some(Token::Close) => Err("a ) closes nothing".to_owned()),
            Some(other) => Err(format!("before {}, and, or or is wanted", said(other))),
        }
    }

    /// Whether it holds in a future whose figures are given in the order of `columns`, what never comes as ∞, what is not defined as NaN;
    /// nothing where that cannot be told.
    ///
    /// # Errors
    /// The place of a figure that stands alone, as if it were yes or no, and is neither.
    pub fn holds(&self, figures: &dyn Fn(usize) -> f64) -> Result<Option<bool>, usize> {
        self.test.holds(figures)
    }
}

impl Test {
    fn holds(&self, figures: &dyn Fn(usize) -> f64) -> Result<Option<bool>, usize> {
        Ok(match self {
            Self::Compare(left, sign, right) => {
                let (left, right) = (left.of(figures), right.of(figures));
                (!left.is_nan() && !right.is_nan()).then(|| sign.holds(left, right))
            }
            Self::Happens(column) => match figures(*column) {
                value if value.is_nan() => None,
                value if value.to_bits() == 1f64.to_bits() => Some(true),
                value if value.abs() <= 0.0 => Some(false),
                _ => return Err(*column),
            },
            Self::IsMissing(column) => Some(!figures(*column).is_finite()),
            Self::Not(test) => test.holds(figures)?.map(|holds| !holds),
            Self::All(tests) => joined(tests, figures, false)?,
            Self::Any(tests) => joined(tests, figures, true)?,
        })
    }
}

/// What tests come to together where one that is `decisive` decides for all (Kleene's logic of three values).
fn joined(tests: &[Test], figures: &dyn Fn(usize) -> f64, decisive: bool) -> Result<Option<bool>, usize> {
    let mut all = Some(!decisive);
    for test in tests {
        match test.holds(figures)? {
            Some(holds) if holds == decisive => return Ok(Some(decisive)),
            Some(_) => {}
            None => all = None,
        }
    }
    Ok(all)
}

impl Operand {
    fn of(self, figures: &dyn Fn(usize) -> f64) -> f64 {
        match self {
            Self::Number(number) => number,
            Self::Figure(column) => figures(column),
        }
    }
}

/// Splits a condition; what is in quotes or in brackets is part of a name, whatever it holds.
fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut all = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = if let Some((sign, length)) = Sign::at_start(rest) {
            (Token::Sign(sign), length)
        } else if first == '(' {
            (Token::Open, 1)
        } else if first == ')' {
            (Token::Close, 1)
        } else {
            let length = word(rest)?;
            (Token::Word(rest[..length].to_owned()), length)
        };
        all.push(token);
        rest = rest[length..].trim_start();
    }
    if all.is_empty() { Err("it says nothing; write a condition such as npv < 0".to_owned()) } else { Ok(all) }
}

/// How far a name or a number goes.
fn word(text: &str) -> Result<usize, String> {
    let mut inside = None;
    for (at, character) in text.char_indices() {
        match (inside, character) {
            (Some(end), _) if character == end => inside = None,
            (Some(_), _) => {}
            (None, '"') => inside = Some('"'),
            (None, '[') => inside = Some(']'),
            (None, _) => {
                let ends = character.is_whitespace() || "()<>=!≠≤≥".contains(character);
                if ends && at > 0 {
                    return Ok(at);
                }
                if ends {
                    return Err(format!("{character} is no sign; those that there are: {}", Sign::ALL));
                }
            }
        }
    }
    match inside {
        Some('"') => Err("a quote stays open".to_owned()),
        Some(_) => Err("a [ stays open".to_owned()),
        None => Ok(text.len()),
    }
}

/// A token as it was written.
fn said(token: &Token) -> String {
    match token {
        Token::Word(word) => format!("'{word}'"),
        Token::Sign(sign) => format!("'{}'", sign.written()),
        Token::Open => "'('".to_owned(),
        Token::Close => "')'".to_owned(),
    }
}

struct Reader<'a> {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    columns: Vec<usize>,
    find: &'a dyn Fn(&str) -> Result<Named, String>,
}

impl Reader<'_> {
    /// Whether the next token is this word; then it is passed.
    fn passes(&mut self, keyword: &str) -> bool {
        let is = matches!(self.tokens.get(self.at), Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword));
        self.at += usize::from(is);
        is
    }

    fn any(&mut self) -> Result<Test, String> {
        let mut tests = vec![self.all()?];
        while self.passes("or") {
            tests.push(self.all()?);
        }
        Ok(one_or(tests, Test::Any))
    }

    fn all(&mut self) -> Result<Test, String> {
        let mut tests = vec![self.one()?];
        while self.passes("and") {
            tests.push(self.one()?);
        }
        Ok(one_or(tests, Test::All))
    }

    fn one(&mut self) -> Result<Test, String> {
        if self.depth > DEEPEST {
            return Err(format!("more than {DEEPEST} parentheses or nots stand within one another"));
        }
        self.depth += 1;
        let found = if self.passes("not") {
            Test::Not(Box::new(self.one()?))
        } else if self.tokens.get(self.at) == Some(&Token::Open) {
            self.at += 1;
            let inner = self.any()?;
            if self.tokens.get(self.at) != Some(&Token::Close) {
                return Err("a ( stays open".to_owned());
            }
            self.at += 1;
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(found)
    }

    fn comparison(&mut self) -> Result<Test, String> {
        let left = self.side()?;
        if self.passes("is") {
            let not = self.passes("not");
            if !self.passes("missing") {
                return Err("after is, missing or not missing is wanted".to_owned());
            }
            let Side::Figure(column) = left else { return Err("a number is never missing".to_owned()) };
            let missing = Test::IsMissing(column);
            return Ok(if not { Test::Not(Box::new(missing)) } else { missing });
        }
        if let Some(Token::Sign(sign)) = self.tokens.get(self.at).cloned() {
            self.at += 1;
            let right = self.side()?;
            let operand = |own: &Side, other: &Side| own.beside(other, sign, &self.columns);
            return Ok(Test::Compare(operand(&left, &right)?, sign, operand(&right, &left)?));
        }
        match left {
            Side::Figure(column) => Ok(Test::Happens(column)),
            Side::Number(number) => Err(format!("{number} by itself is no condition; compare something with it")),
            Side::Named { word, .. } => Err(format!("{word} by itself is no condition; compare something with it")),
        }
    }

    fn side(&mut self) -> Result<Side, String> {
        let word = match self.tokens.get(self.at) {
            Some(Token::Word(word)) => word.clone(),
            Some(other) => return Err(format!("where {} stands, the name of a column is wanted", said(other))),
            None => return Err("something is missing at its end; write a condition such as npv < 0".to_owned()),
        };
        self.at += 1;
        match word.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Side::Number(number)),
            Ok(_) => Err(format!("{word} is not a finite number")),
            Err(_) => {
                let column = match (self.find)(&plainly_quoted(&word))? {
                    Named::Column(column) => column,
                    Named::Value(value, columns) => return Ok(Side::Named { word, value, columns }),
                };
                let known = self.columns.iter().position(|own| *own == column);
                Ok(Side::Figure(known.unwrap_or_else(|| {
                    self.columns.push(column);
                    self.columns.len() - 1
                })))
            }
        }
    }
}

/// One side of a comparison as it is written.
enum Side {
    Number(f64),
    /// A figure, by its place in `columns`.
    Figure(usize),
    /// A value that has a name, and the columns that may have it.
    Named {
        word: String,
        value: f64,
        columns: Vec<usize>,
    },
}

impl Side {
    /// What is compared: a value that has a name stands by = or != beside a figure that may have it.
    fn beside(&self, other: &Self, sign: Sign, looked_at: &[usize]) -> Result<Operand, String> {
        let (word, value, columns) = match self {
            Self::Figure(column) => return Ok(Operand::Figure(*column)),
            Self::Number(number) => return Ok(Operand::Number(*number)),
            Self::Named { word, value, columns } => (word, value, columns),
        };
        let fits = matches!(other, Self::Figure(column) if columns.contains(&looked_at[*column]));
        if fits && matches!(sign, Sign::Equal | Sign::Unequal) {
            return Ok(Operand::Number(*value));
        }
        Err(format!("{word} is a value that has a name: compare it by = or != with a column that may have it"))
    }
}

fn one_or(mut tests: Vec<Test>, several: fn(Vec<Test>) -> Test) -> Test {
    match tests.pop() {
        Some(only) if tests.is_empty() => only,
        last => several(tests.into_iter().chain(last).collect()),
    }
}

#[cfg(test)]
mod tests;
