//! Financial years, months and numbers: how time and quantities are named in everything people read.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// A financial year, 1 April to 31 March, named as `2015/16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear(
    /// The calendar year in which it starts.
    pub i32,
);

impl FinancialYear {
    /// The year `offset` years after this one.
    #[must_use]
    pub const fn plus(self, offset: i32) -> Self {
        Self(self.0 + offset)
    }
}

impl fmt::Display for FinancialYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}/{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

impl FromStr for FinancialYear {
    type Err = String;

    /// Reads `2015/16`; the second half must be the year after the first.
    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || format!("'{text}' is not a financial year; write one as \"2015/16\"");
        let (start, end) = text.split_once('/').ok_or_else(wanted)?;
        if start.len() != 4 || end.len() != 2 {
            return Err(wanted());
        }
        let first: i32 = start.parse().map_err(|_| wanted())?;
        let second: i32 = end.parse().map_err(|_| wanted())?;
        let year = Self(first);
        if !YEARS.contains(&first) {
            let (first, last) = (Self(*YEARS.start()), Self(*YEARS.end()));
            return Err(format!("'{text}' is out of range; write a financial year from \"{first}\" to \"{last}\""));
        }
        if second == (first + 1).rem_euclid(100) {
            Ok(year)
        } else {
            Err(format!("'{text}' is not a financial year; did you mean \"{year}\"?"))
        }
    }
}

/// Years that can be written.
const YEARS: RangeInclusive<i32> = 1900..=2200;

/// The first day of a month, written `2016-10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Calendar year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
}

impl Month {
    /// Calendar time in years since 1 April of `first`: `2016-10` is 1.5 where the first year is 2015/16 (MODEL section 1).
    #[must_use]
    pub fn time_from(self, first: FinancialYear) -> f64 {
        f64::from((self.year - first.0) * 12 + self.month as i32 - 4) / 12.0
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || format!("'{text}' is not a month; write one as \"2016-04\"");
        let (year, month) = text.split_once('-').ok_or_else(wanted)?;
        if year.len() != 4 || month.len() != 2 {
            return Err(wanted());
        }
        let year: i32 = year.parse().map_err(|_| wanted())?;
        let month: u32 = month.parse().map_err(|_| wanted())?;
        if !YEARS.contains(&year) {
            let (first, last) = (YEARS.start(), YEARS.end());
            return Err(format!("'{text}' is out of range; write a month from \"{first}-01\" to \"{last}-12\""));
        }
        if (1..=12).contains(&month) { Ok(Self { year, month }) } else { Err(wanted()) }
    }
}

/// The power of ten of a number's first digit: 2 of 345, −3 of 0.0012; 0 of what has none.
#[must_use]
pub fn power_of_ten(number: f64) -> i32 {
    // As it is written, which is the same everywhere; logarithms are not.
    format!("{number:e}").split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or_default()
}

/// Ten to a power, as near as a number comes to it.
#[must_use]
pub fn ten_to(power: i32) -> f64 {
    format!("1e{power}").parse().unwrap_or(f64::NAN)
}

/// What an outcome is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// £m, cash.
    Millions,
    /// £m in prices of the first year.
    MillionsReal,
    /// £m, present value in prices of the first year.
    MillionsPresent,
    /// Pounds a year for a household at Band D.
    Pounds,
    /// Years, or a date as years since 1 April of the first year.
    Years,
    /// A share, fraction or probability: 0 to 1.
    Share,
    /// Yes (1) or no (0).
    Flag,
    /// A whole number of things.
    Count,
    /// Police officers.
    Officers,
    /// A plain ratio or index.
    Ratio,
    /// The unit that a benefit of the scenario is stated in.
    Benefit,
}

impl Unit {
    /// The unit as it is printed on axes and in tables.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Millions => "£m",
            Self::MillionsReal => "£m, first-year prices",
            Self::MillionsPresent => "£m, present value",
            Self::Pounds => "£ a year at Band D",
            Self::Years => "years",
            Self::Share => "share",
            Self::Flag => "yes or no",
            Self::Count => "number",
            Self::Officers => "officers",
            Self::Ratio => "ratio",
            Self::Benefit => "benefit's unit",
        }
    }
}

/// A number with commas between thousands.
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_financial_year_prints_as_it_reads() {
        for text in ["2015/16", "1999/00", "2009/10"] {
            let year: FinancialYear = text.parse().expect("valid");
            assert_eq!(year.to_string(), text);
        }
    }

    #[test]
    fn a_financial_year_that_skips_a_year_is_refused_with_the_right_one() {
        let error = "2015/17".parse::<FinancialYear>().expect_err("invalid");
        assert!(error.contains("did you mean \"2015/16\""), "{error}");
    }

    #[test]
    fn october_2016_is_one_and_a_half_years_after_april_2015() {
        let month: Month = "2016-10".parse().expect("valid");
        // 1 April 2015 to 1 October 2016: 18 months.
        assert_eq!(month.time_from(FinancialYear(2015)).to_bits(), 1.5_f64.to_bits());
    }

    #[test]
    fn a_thirteenth_month_is_refused() {
        assert!("2016-13".parse::<Month>().is_err());
    }

    #[test]
    fn thousands_have_commas() {
        assert_eq!(thousands(100_000), "100,000");
        assert_eq!(thousands(999), "999");
    }

    #[test]
    fn powers_of_ten_are_those_of_the_digits_that_are_written() {
        let of = |number: f64| power_of_ten(number);
        assert_eq!([of(345.0), of(1_000.0), of(-0.0012), of(0.1), of(0.0)], [2, 3, -3, -1, 0]);
        assert_eq!([of(f64::INFINITY), of(f64::NAN)], [0, 0]);
        for power in -300..300 {
            assert_eq!(power_of_ten(ten_to(power)), power);
        }
        assert_eq!([3, -2].map(ten_to), [1_000.0, 0.01]);
    }
}
