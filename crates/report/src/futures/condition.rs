//! The condition of a question to kept futures, in words.

use super::Column;
use crate::words;
use analysis::Sign;
use analysis::futures::{Operand, Test};
use engine::outcomes::Missing;

/// A condition in words, within a sentence: `net present value is below £0m and payback never comes`. `columns` are those that it looks at.
#[must_use]
pub fn in_words(test: &Test, columns: &[&Column]) -> String {
    match test {
        Test::Compare(Operand::Figure(figure), sign, other) => compared(columns[*figure], *sign, *other, columns),
        Test::Compare(number @ Operand::Number(_), sign, Operand::Figure(figure)) => {
            compared(columns[*figure], sign.turned(), *number, columns)
        }
        Test::Compare(Operand::Number(left), sign, Operand::Number(right)) => {
            format!("{left} {} {right}", sign.written())
        }
        Test::Happens(figure) => happens(columns[*figure], true),
        Test::IsMissing(figure) => missing(columns[*figure], true),
        Test::Not(test) => match test.as_ref() {
            Test::Happens(figure) => happens(columns[*figure], false),
            Test::IsMissing(figure) => missing(columns[*figure], false),
            Test::Compare(left, sign, right) => in_words(&Test::Compare(*left, sign.opposite(), *right), columns),
            other => format!("it is not so that {}", bracketed(other, columns)),
        },
        Test::All(tests) => joined(tests, " and ", columns),
        Test::Any(tests) => joined(tests, " or ", columns),
    }
}

/// A figure beside a number of its own unit, or beside another figure.
fn compared(figure: &Column, sign: Sign, other: Operand, columns: &[&Column]) -> String {
    let other = match other {
        // A yes or no beside yes or no is what happens or does not.
        Operand::Number(value) if figure.events.is_some() && matches!(sign, Sign::Equal | Sign::Unequal) => {
            return happens(figure, (value > 0.5) == (sign == Sign::Equal));
        }
        Operand::Number(value) => figure.says_written(value),
        Operand::Figure(other) => label(columns[other]),
    };
    format!("{} is {}{other}", label(figure), words_of(sign))
}

const fn words_of(sign: Sign) -> &'static str {
    match sign {
        Sign::Below => "below ",
        Sign::AtMost => "at most ",
        Sign::Above => "above ",
        Sign::AtLeast => "at least ",
        Sign::Equal => "",
        Sign::Unequal => "not ",
    }
}

fn label(column: &Column) -> String {
    words::uncapital(&column.label)
}

fn happens(column: &Column, does: bool) -> String {
    let said = column.events.as_ref().map(|events| events[usize::from(does)].clone());
    said.unwrap_or_else(|| format!("{} is {}", label(column), if does { "yes" } else { "no" }))
}

fn missing(column: &Column, is: bool) -> String {
    let how = match (column.missing, is) {
        (Missing::Never, true) => "never comes",
        (Missing::Never, false) => "comes",
        (_, true) => "is not defined",
        (_, false) => "is defined",
    };
    format!("{} {how}", label(column))
}

fn joined(tests: &[Test], by: &str, columns: &[&Column]) -> String {
    tests.iter().map(|test| bracketed(test, columns)).collect::<Vec<_>>().join(by)
}

/// What is several tests stands in brackets within others.
fn bracketed(test: &Test, columns: &[&Column]) -> String {
    let words = in_words(test, columns);
    if matches!(test, Test::All(_) | Test::Any(_)) { format!("({words})") } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::units::Unit;

    fn column(label: &str, unit: Unit, missing: Missing) -> Column {
        let (name, label) = (label.to_owned(), label.to_owned());
        Column { name, label, unit, missing, names: Vec::new(), events: None, stated: None }
    }

    #[test]
    fn a_condition_is_told_with_units_and_events() {
        let (npv, payback, mut regime, mut left) = (
            column("Net present value", Unit::Millions, Missing::Undefined),
            column("Payback", Unit::Years, Missing::Never),
            column("Funding regime, 2018/19", Unit::Count, Missing::Undefined),
            column("Dorset: left", Unit::Flag, Missing::Undefined),
        );
        regime.names = ["growth", "austerity"].map(str::to_owned).to_vec();
        left.events = Some(["Dorset stays", "Dorset leaves"].map(str::to_owned));
        let columns = [&npv, &payback, &regime, &left];
        let says = |test: &Test| in_words(test, &columns);
        let compare = |figure, sign, value| Test::Compare(Operand::Figure(figure), sign, Operand::Number(value));
        let loses = compare(0, Sign::Below, 0.0);
        assert_eq!(says(&loses), "net present value is below £0m");
        // 2 <= npv is npv >= 2.
        let turned = Test::Compare(Operand::Number(2.0), Sign::AtMost, Operand::Figure(0));
        assert_eq!(says(&turned), "net present value is at least £2m");
        assert_eq!(says(&Test::Not(Box::new(loses.clone()))), "net present value is at least £0m");
        assert_eq!(says(&compare(2, Sign::Unequal, 1.0)), "funding regime, 2018/19 is not austerity");
        let never = Test::IsMissing(1);
        assert_eq!(
            [says(&never), says(&Test::IsMissing(0))],
            ["payback never comes", "net present value is not defined"]
        );
        assert_eq!(says(&Test::Not(Box::new(never.clone()))), "payback comes");
        assert_eq!([says(&Test::Happens(3)), says(&compare(3, Sign::Equal, 0.0))], ["Dorset leaves", "Dorset stays"]);
        let either = Test::Any(vec![never, Test::Happens(3)]);
        assert_eq!(
            says(&Test::All(vec![loses, either.clone()])),
            "net present value is below £0m and (payback never comes or Dorset leaves)"
        );
        assert_eq!(says(&Test::Not(Box::new(either))), "it is not so that (payback never comes or Dorset leaves)");
    }
}
