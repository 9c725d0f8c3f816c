//! Numbers in notes: as people read them, and as they are typed.

/// To six significant digits: no tail of rounding.
fn rounded(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}

/// A number for reading: six significant digits, commas between thousands.
#[must_use]
pub fn told(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "more than 1e308" } else { "less than -1e308" }.to_owned();
    }
    let plain = typed(value);
    if plain.contains('e') {
        return plain;
    }
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').map_or((digits, ""), |(whole, part)| (whole, part));
    let mut grouped = String::new();
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{part}")
}

/// A number for typing into a scenario: six significant digits.
#[must_use]
pub fn typed(value: f64) -> String {
    few_digits(rounded(value))
}

/// A number in few digits, however large or small it is.
fn few_digits(value: f64) -> String {
    let is_far = value.abs() >= 1e15 || value.abs() < 1e-9 && value.abs() > 0.0;
    if is_far { format!("{value:e}") } else { value.to_string() }
}

/// The same to three significant digits, for what is itself only a guess.
#[must_use]
pub fn about(value: f64) -> String {
    few_digits(format!("{value:.2e}").parse().unwrap_or(value))
}

/// Money given in £m, in words, to four significant digits.
#[must_use]
pub fn money(millions: f64) -> String {
    words(format!("{millions:.3e}").parse().unwrap_or(millions))
}

/// Money given in £m, in words.
fn words(millions: f64) -> String {
    match millions.abs() {
        size if size >= 1e6 => format!("£{} million million", told(millions / 1e6)),
        size if size >= 1e4 => format!("£{} thousand million", told(millions / 1e3)),
        size if size >= 0.1 || size == 0.0 => format!("£{}m", told(millions)),
        _ => format!("£{}", told(millions * 1e6)),
    }
}

/// What was probably meant by a number that is out of all proportion: the same in thousands or in units, where that is in proportion.
#[must_use]
pub fn meant(value: f64, is_usual: impl Fn(f64) -> bool) -> Option<f64> {
    [1e-3, 1e-6, 1e3, 1e6].into_iter().map(|factor| rounded(value * factor)).find(|value| is_usual(*value))
}

/// What to write for money in £m where `meant` was probably meant.
#[must_use]
pub fn write_money(meant: Option<f64>) -> String {
    match meant {
        Some(meant) => format!("It is in £m: if {} is meant, write {}", words(meant), typed(meant)),
        None => "It is in £m: £2,500,000 is 2.5".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_commas_and_typed_without() {
        assert_eq!(told(200_000_000.0), "200,000,000");
        assert_eq!(told(-1234.5), "-1,234.5");
        assert_eq!(told(0.1 + 0.2), "0.3");
        assert_eq!(typed(200_000_000.0), "200000000");
        assert_eq!(about(1.0 / 12.0), "0.0833");
        assert_eq!([told(1e308), typed(-1e300), about(1e200)], ["1e308", "-1e300", "1e200"]);
        assert_eq!([told(f64::INFINITY), typed(1e-320)], ["more than 1e308", "1e-320"]);
        assert_eq!(money(1e308), "£1e302 million million");
    }

    #[test]
    fn money_is_told_in_words_that_show_a_slip() {
        let told = [200e6, 800_000.0, 200.0, 0.18, 0.006].map(money);
        assert_eq!(told, ["£200 million million", "£800 thousand million", "£200m", "£0.18m", "£6,000"]);
    }

    #[test]
    fn what_was_meant_is_found_in_thousands_and_in_units() {
        let usual = |value: f64| (1.0..1000.0).contains(&value);
        assert_eq!(
            [200e6, 200e3, 0.2, 2.0].map(|value| meant(value, usual)),
            [Some(200.0), Some(200.0), Some(200.0), None]
        );
    }
}
