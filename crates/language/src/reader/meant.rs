//! What was meant by a text where a number, a month or a year is wanted: £200m, 55 %, 1,5, April 2016, 2015-16.

use crate::characters::{first, plain};
use engine::units::{FinancialYear, Month};

/// What a spreadsheet writes where a formula of its own fails.
const ERRORS: [&str; 11] =
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#NV", "#WERT!"];

/// What to do about one.
pub const MEND: &str = "Mend the formula in the spreadsheet, and save the file again";

/// The error of a spreadsheet that a text is.
#[must_use]
pub fn spreadsheet_error(text: &str) -> Option<&'static str> {
    let text = text.trim().trim_matches('"');
    ERRORS.into_iter().find(|error| text.eq_ignore_ascii_case(error))
}

/// What to write for a number; none where nobody can say.
#[must_use]
pub fn number(text: &str, unit: &str) -> Option<String> {
    if let Some(error) = spreadsheet_error(text) {
        return Some(format!("{error} is an error of the spreadsheet: mend the formula, and save the file again"));
    }
    figure(text, unit).or_else(|| {
        let has_letters = text.chars().any(char::is_alphabetic);
        let is_date = has_letters || text.contains('/') || text.matches('-').count() == 2;
        let date = month(text).filter(|_| is_date)?;
        let date = date.trim_start_matches("Write ").split(':').next().unwrap_or_default().trim_matches('"');
        Some(format!(
            "It is a date, {date}, as spreadsheets make of figures: format the cell as a number, and type the figure again"
        ))
    })
}

fn figure(text: &str, unit: &str) -> Option<String> {
    let (digits, scale, is_pounds) = parts(text, unit)?;
    let (read, other) = separated(&digits)?;
    // Pounds where £m are wanted; £200 of budget is surely £200m.
    let pounds = is_pounds && unit.starts_with("£m") && read.abs() >= 1000.0;
    let write = |value: f64| shifted(value, if pounds { 1e-6 } else { scale });
    let meant = write(read);
    Some(match other.filter(|_| !is_pounds) {
        Some(other) => format!("Write {meant}, or {} if the comma is a decimal comma", write(other)),
        None if first(text).is_some_and(|odd| !odd.unseen) => {
            let odd = first(text).map_or("", |odd| odd.name);
            format!("Write {meant}: here is {odd}")
        }
        None => format!("Write {meant}"),
    })
}

/// Words after a number with what they make of it where £m are wanted, and elsewhere; longer words first.
const SUFFIXES: [(&str, f64, f64); 22] = [
    ("per cent", 0.01, 0.01),
    ("percent", 0.01, 0.01),
    ("%", 0.01, 0.01),
    ("billion", 1e3, 1e9),
    ("bn", 1e3, 1e9),
    ("million", 1.0, 1e6),
    ("mn", 1.0, 1e6),
    ("m", 1.0, 1e6),
    ("thousand", 1e-3, 1e3),
    ("k", 1e-3, 1e3),
    ("years", 1.0, 1.0),
    ("year", 1.0, 1.0),
    ("yrs", 1.0, 1.0),
    ("months", 1.0 / 12.0, 1.0 / 12.0),
    ("month", 1.0 / 12.0, 1.0 / 12.0),
    ("weeks", 1.0 / 52.0, 1.0 / 52.0),
    ("days", 1.0 / 365.0, 1.0 / 365.0),
    ("officers", 1.0, 1.0),
    ("fte", 1.0, 1.0),
    ("times", 1.0, 1.0),
    ("x", 1.0, 1.0),
    ("seconds", 1.0, 1.0),
];

/// The digits of a text with their separators, what its words make of them, and whether it is in pounds.
fn parts(text: &str, unit: &str) -> Option<(String, f64, bool)> {
    let plain = plain(text).to_lowercase();
    let mut rest = plain.trim().trim_start_matches('\'').trim();
    let mut is_negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (is_negative, rest) = (true, inner.trim());
    }
    let is_money = |rest: &str| rest.contains(['£', '€', '$']) || rest.contains("gbp");
    let money = is_money(rest) || unit.starts_with("£m");
    let in_pounds = is_money(rest);
    let cleaned: String = rest.replace("gbp", "").chars().filter(|letter| !['£', '€', '$'].contains(letter)).collect();
    let mut rest = cleaned.trim();
    let mut scale = 1.0;
    let mut named = false;
    for ending in ["a year", "p.a.", "pa", "/year"] {
        rest = rest.strip_suffix(ending).unwrap_or(rest).trim_end();
    }
    if let Some((word, of_money, other)) = SUFFIXES.iter().find(|(word, ..)| rest.ends_with(word)) {
        rest = rest.strip_suffix(word).unwrap_or(rest).trim_end();
        scale = if money { *of_money } else { *other };
        named = true;
    }
    let digits: String = rest.chars().filter(|letter| ![' ', '\'', '_'].contains(letter)).collect();
    let is_digits = digits.chars().all(|letter| letter.is_ascii_digit() || ['.', ',', '-', '+'].contains(&letter));
    if !is_digits || !digits.contains(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let digits = if is_negative { format!("-{digits}") } else { digits };
    Some((digits, scale, in_pounds && !named))
}

/// A number of digits with separators, and what it is if a lone comma before three digits is a decimal comma.
fn separated(digits: &str) -> Option<(f64, Option<f64>)> {
    let commas = digits.matches(',').count();
    let points = digits.matches('.').count();
    let read = |text: String| text.parse::<f64>().ok().filter(|value| value.is_finite());
    let without = |mark: char| digits.chars().filter(|letter| *letter != mark).collect::<String>();
    match (commas, points) {
        (0, 0 | 1) => Some((read(digits.to_owned())?, None)),
        // 1.000.000
        (0, _) if digits.split('.').skip(1).all(|group| group.len() == 3) => Some((read(without('.'))?, None)),
        (0, _) => None,
        (_, 0) => {
            let grouped = digits.split(',').skip(1).all(|group| group.len() == 3);
            let leading = digits.split(',').next().unwrap_or_default().trim_start_matches(['-', '+']);
            let decimal = digits.replace(',', ".");
            match (commas, grouped && leading != "0" && (1..=3).contains(&leading.len())) {
                (1, true) => Some((read(without(','))?, read(decimal))),
                (1, false) => Some((read(decimal)?, None)),
                (_, true) => Some((read(without(','))?, None)),
                (_, false) => None,
            }
        }
        // Of both marks, the last is the decimal one: 1,234.5 or 1.234,5.
        _ if digits.rfind(',') < digits.rfind('.') => Some((read(without(','))?, None)),
        _ => Some((read(without('.').replace(',', "."))?, None)),
    }
}

/// A number times a scale, to twelve digits: 7 % is 0.07 and not 0.07000000000000001.
fn shifted(value: f64, scale: f64) -> String {
    let scaled = value * scale;
    let digits = if [1.0 / 12.0, 1.0 / 52.0, 1.0 / 365.0].contains(&scale) { 2 } else { 11 };
    format!("{scaled:.digits$e}").parse::<f64>().unwrap_or(scaled).to_string()
}

/// The beginnings of months' names, English, German and French.
const MONTHS: [(&str, u32); 22] = [
    ("jan", 1),
    ("feb", 2),
    ("fév", 2),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("apr", 4),
    ("avr", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("juin", 6),
    ("jul", 7),
    ("juil", 7),
    ("aug", 8),
    ("aoû", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
];

/// What to write for a month; none where nobody can say.
#[must_use]
pub fn month(text: &str) -> Option<String> {
    let plain = plain(text).to_lowercase();
    let parts: Vec<&str> =
        plain.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let digits = |part: &str| {
        part.trim_end_matches("st")
            .trim_end_matches("nd")
            .trim_end_matches("rd")
            .trim_end_matches("th")
            .parse::<i32>()
            .ok()
    };
    let named = |part: &str| MONTHS.iter().find(|(name, _)| part.starts_with(name)).map(|(_, month)| *month as i32);
    let (day, month, year) = match parts.as_slice() {
        [first, second] => match (named(first), named(second), digits(first), digits(second)) {
            (Some(month), _, _, Some(year)) | (_, Some(month), Some(year), _) => (None, month, year),
            (_, _, Some(a), Some(b)) if a > 31 => (None, b, a),
            (_, _, Some(a), Some(b)) => (None, a, b),
            _ => return None,
        },
        [first, second, third, ..] => match (digits(first), named(second).or_else(|| digits(second)), digits(third)) {
            // 2016-04-15, or 15/04/2016.
            (Some(year), Some(month), Some(day)) if year > 31 => (Some(day), month, year),
            (Some(day), Some(month), Some(year)) => (Some(day), month, year),
            // April 15, 2016.
            (None, Some(day), Some(year)) => (Some(day), named(first)?, year),
            _ => return None,
        },
        _ => return None,
    };
    let year = if (0..100).contains(&year) { 2000 + year } else { year };
    let month: Month = format!("{year:04}-{month:02}").parse().ok()?;
    Some(match day {
        Some(1) | None => format!("Write \"{month}\""),
        Some(day) => format!("Write \"{month}\": a month has no day, and the {day} cannot be kept"),
    })
}

/// What to write for a financial year; none where nobody can say.
#[must_use]
pub fn year(text: &str) -> Option<String> {
    let plain = plain(text).to_lowercase();
    let parts: Vec<&str> =
        plain.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let full = |part: &str| {
        let year: i32 = part.parse().ok()?;
        match part.len() {
            2 => Some(2000 + year),
            4 => Some(year),
            _ => None,
        }
    };
    let first = match parts.as_slice() {
        [only] if only.len() == 4 => full(only)?,
        [first, second] if full(second)? == full(first)? + 1 => full(first)?,
        _ => return None,
    };
    (1900..=2200).contains(&first).then(|| format!("Write \"{}\"", FinancialYear(first)))
}

#[cfg(test)]
mod tests {
    use super::{month, number, year};

    #[test]
    fn what_people_write_for_a_number_is_understood() {
        let money = |text: &str| number(text, "£m a year").unwrap_or_default();
        assert_eq!(money("£200m"), "Write 200");
        assert_eq!(money("£200,000"), "Write 0.2");
        assert_eq!(money("6,000"), "Write 6000, or 6 if the comma is a decimal comma");
        assert_eq!(money("£1,250,000"), "Write 1.25");
        assert_eq!(money("£1.2bn"), "Write 1200");
        assert_eq!(money("250k"), "Write 0.25");
        assert_eq!(money("(3.2)"), "Write -3.2");
        let plain = |text: &str| number(text, "share").unwrap_or_default();
        assert_eq!(plain("7%"), "Write 0.07");
        assert_eq!(plain("55 %"), "Write 0.55");
        assert_eq!(plain("1,5"), "Write 1.5");
        assert_eq!(plain("0,125"), "Write 0.125");
        assert_eq!(plain("1.234,56"), "Write 1234.56");
        assert_eq!(plain("1 000 000"), "Write 1000000");
        assert_eq!(plain("1,000,000"), "Write 1000000");
        assert_eq!(plain("−0.03"), "Write -0.03: here is a minus sign of a document");
        assert_eq!(plain("18 months"), "Write 1.5");
        assert_eq!(plain("two"), "");
        assert_eq!(plain("1.2.3"), "");
        let date = "It is a date, 2026-04, as spreadsheets make of figures: format the cell as a number, and type the figure again";
        assert_eq!([plain("Apr-26"), plain("2026-04-01"), plain("01/04/2026")], [date; 3]);
        assert_eq!(plain("#N/A"), "#N/A is an error of the spreadsheet: mend the formula, and save the file again");
        assert!(plain("#ref!").starts_with("#REF! is an error"));
    }

    #[test]
    fn what_people_write_for_a_month_or_a_year_is_understood() {
        let months = ["15.04.2016", "April 2016", "Apr-16", "04/2016", "2016/04", "2016-04-01"].map(month);
        let wanted = "Write \"2016-04\": a month has no day, and the 15 cannot be kept";
        assert_eq!(months[0].as_deref(), Some(wanted));
        assert!(months[1..].iter().all(|told| told.as_deref() == Some("Write \"2016-04\"")), "{months:?}");
        let years = ["2015", "2015-16", "2015/2016", "15/16", "FY 2015–16"].map(year);
        assert!(years.iter().all(|told| told.as_deref() == Some("Write \"2015/16\"")), "{years:?}");
        assert_eq!((month("soon"), year("2015/17")), (None, None));
    }
}
