//! Months as people say them.

use crate::figure::Figure;
use engine::units::Month;

/// The months of a financial year, from April on.
const MONTHS: [&str; 12] = [
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "January",
    "February",
    "March",
];

/// The month in which a date lies that is counted in years from 1 April of the first financial year, given as `2014/15`: 8.15 is in `May 2022`.
/// None where that is no year, or the date lies before it.
#[must_use]
pub fn month(first_year: &str, years: f64) -> Option<String> {
    let first: i64 = first_year.get(..4)?.parse().ok()?;
    if !(0.0..1_000.0).contains(&years) {
        return None;
    }
    // What is a whole month but for rounding is that month.
    let months = (years * 12.0 + 1e-6).floor() as i64;
    let name = MONTHS.get((months % 12) as usize)?;
    // January to March lie in the next calendar year.
    let year = first + months / 12 + i64::from(months % 12 >= 9);
    Some(format!("{name} {year}"))
}

/// A date in a table, by its month: `August 2018`, with its error where that is half a month or more. A date before the first year, or in a
/// scenario whose first year is not told, is told in years.
#[must_use]
pub fn dated(first_year: &str, date: Figure) -> String {
    let months = date.error * 12.0;
    match month(first_year, date.value) {
        Some(month) if months < 0.5 => month,
        Some(month) => format!("{month} ±{} months", months.ceil()),
        None => format!("{} years", date.rounded(1)),
    }
}

/// A month as people say it: `2018-10` as `October 2018`; what is none stands as it is.
#[must_use]
pub fn named(text: &str) -> String {
    text.parse::<Month>().map_or_else(
        // From April on.
        |_| text.to_owned(),
        |month| format!("{} {}", MONTHS[(month.month as usize + 8) % 12], month.year),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_told_by_its_month() {
        let told = |years: f64| month("2014/15", years).unwrap_or_default();
        // 8.15 years are 97.8 months: eight years and the second month, May.
        assert_eq!(
            [told(0.0), told(8.15), told(0.75), told(1.0)],
            ["April 2014", "May 2022", "January 2015", "April 2015"]
        );
        // 0.9166… is March, the twelfth month, begun.
        assert_eq!(told(11.0 / 12.0), "March 2015");
        assert_eq!(
            ["2018-10", "2016-04", "2017-01", "2020/21"].map(named),
            ["October 2018", "April 2016", "January 2017", "2020/21"]
        );
        // An error of 0.02 years is a quarter of a month, one of 0.1 years 1.2 months.
        let dated = |error| dated("2014/15", Figure { value: 4.3, error });
        assert_eq!([dated(0.02), dated(0.1)], ["July 2018", "July 2018 ±2 months"]);
        assert_eq!([month("", 1.0), month("2014/15", -1.0), month("2014/15", f64::NAN)], [None, None, None]);
    }
}
