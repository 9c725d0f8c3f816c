//! What the quantities of a scenario are called, and the unit in which people know them.

use super::address::Address;
use engine::units::{power_of_ten, ten_to};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A share in per cent, and of what.
    Share(&'static str),
    /// A factor on the plan.
    Times,
    /// Years.
    Years,
    /// £m, and over which time.
    Money(&'static str),
    /// £ at Band D.
    Pounds,
    /// As it is, with its unit.
    Plain(&'static str),
}

impl Form {
    /// The number in its unit.
    pub fn says(self, value: f64) -> String {
        match self {
            Self::Share(of) => format!("{}%{of}", digits(value * 100.0)),
            Self::Times => format!("{} times the plan", digits(value)),
            Self::Years if (value - 1.0).abs() < 5e-3 => "1 year".to_owned(),
            Self::Years => format!("{} years", digits(value)),
            Self::Money(over) => {
                let sign = if value < 0.0 { "−" } else { "" };
                format!("{sign}£{}m{over}", digits(value.abs()))
            }
            Self::Pounds => format!("£{}", digits(value)),
            Self::Plain(unit) => format!("{}{unit}", digits(value)),
        }
    }
}

impl Form {
    /// A number within bounds: that it lies at an end beyond which there is nothing is told as being it.
    pub fn within(self, low: Option<f64>, high: Option<f64>) -> String {
        match (low, high) {
            (Some(low), Some(high)) if self.says(low) == self.says(high) => self.says(low),
            (Some(low), Some(high)) => format!("between {} and {}", self.says(low), self.says(high)),
            (Some(low), None) if self.is_part() && self.says(low) == self.says(1.0) => self.says(low),
            (Some(low), None) => format!("at least {}", self.says(low)),
            (None, Some(high)) if self.begins_at_nothing() && self.says(high) == self.says(0.0) => self.says(high),
            (None, Some(high)) => format!("at most {}", self.says(high)),
            (None, None) => "anything".to_owned(),
        }
    }

    /// Whether it is a chance or a part of a whole, and so no more than all of it.
    fn is_part(self) -> bool {
        self == Self::Share("")
    }

    /// Whether it cannot be below 0: rates of growth and gaps can.
    fn begins_at_nothing(self) -> bool {
        match self {
            Self::Share(of) => ![" a year", " of its budget"].contains(&of),
            Self::Times | Self::Years => true,
            Self::Money(_) | Self::Pounds | Self::Plain(_) => false,
        }
    }
}

impl Form {
    /// The number in its unit, as short as it can be told: for tables.
    pub fn short(self, value: f64) -> String {
        match self {
            Self::Share(_) => format!("{}%", digits(value * 100.0)),
            Self::Times => format!("×{}", digits(value)),
            Self::Years => format!("{} years", digits(value)),
            Self::Money(_) => Self::Money("").says(value),
            Self::Pounds | Self::Plain("") => self.says(value),
            Self::Plain(_) => digits(value),
        }
    }
}

impl Form {
    /// What a number is multiplied by to stand in its unit, and the unit: for axes and heads.
    pub const fn unit(self) -> (f64, &'static str, &'static str) {
        match self {
            Self::Share(of) => (100.0, "%", of),
            Self::Times => (1.0, "times the plan", ""),
            Self::Years => (1.0, "years", ""),
            Self::Money(over) => (1.0, "£m", over),
            Self::Pounds => (1.0, "£", ""),
            Self::Plain(unit) => (1.0, "", unit),
        }
    }

    /// A number that stands as text already, multiplied as [`Self::unit`] says, with its unit.
    pub fn tell(self, number: &str) -> String {
        match self {
            Self::Share(of) => format!("{number}%{of}"),
            Self::Times => format!("{number} times the plan"),
            Self::Years if number == "1" => "1 year".to_owned(),
            Self::Years => format!("{number} years"),
            Self::Money(over) => match number.strip_prefix('−') {
                Some(size) => format!("−£{size}m{over}"),
                None => format!("£{number}m{over}"),
            },
            Self::Pounds => format!("£{number}"),
            Self::Plain(unit) => format!("{number}{unit}"),
        }
    }
}

/// A number as somebody stated it: six digits at the most, none of them made up.
pub(super) fn stated(value: f64) -> String {
    let six = format!("{value:.5e}").parse::<f64>().unwrap_or(value);
    if six.abs() < 1e-12 { "0".to_owned() } else { six.to_string().replace('-', "−") }
}

/// A number to the digits that people read: three where the first is a 1, else two, and no nought behind the point.
pub(super) fn digits(value: f64) -> String {
    let size = value.abs();
    if size < 1e-12 {
        return "0".to_owned();
    }
    let power = power_of_ten(size);
    let leads_with_one = size / ten_to(power) < 2.0;
    let decimals = (1 + i32::from(leads_with_one) - power).clamp(0, 9) as usize;
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('-', "−")
}

/// What a quantity is called, whosever it is, and its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Its name.
    pub noun: String,
    /// Its form.
    pub form: Form,
    /// Whether it is told as an average over years.
    pub yearly: bool,
}

impl Named {
    /// That of an address; of one that is not known, its own words.
    pub fn of(at: &Address<'_>) -> Self {
        let found = if at.area.is_some() { find(&AREA, at) } else { None };
        let known = found.or_else(|| find(&ANY, at));
        let words = || at.rest.join(" ").replace('_', " ");
        let (noun, form) = known.map_or_else(|| (words(), Form::Plain("")), |(noun, form)| (noun.to_owned(), form));
        Self {
            noun: year(at).map_or_else(|| noun.clone(), |year| format!("{noun}, {year}")),
            form,
            yearly: at.rest.contains(&"limit"),
        }
    }

    /// Whether an address has a name here.
    pub fn is_known(at: &Address<'_>) -> bool {
        (at.area.is_some() && find(&AREA, at).is_some()) || find(&ANY, at).is_some()
    }
}

/// Of a path of means, which year's it is: `year 2`.
fn year(at: &Address<'_>) -> Option<String> {
    let inside = at.rest.last()?.strip_prefix("mean[")?.strip_suffix(']')?;
    inside.parse::<usize>().ok().map(|t| format!("year {}", t + 1))
}

/// What the last words of an address are called.
fn find(table: &[(&str, &'static str, Form)], at: &Address<'_>) -> Option<(&'static str, Form)> {
    let words: Vec<&str> = at.rest.iter().map(|word| word.split('[').next().unwrap_or(word)).collect();
    let ends = |known: &str| {
        let known: Vec<&str> = known.split('.').collect();
        words.ends_with(&known)
    };
    table.iter().find(|(known, _, _)| ends(known)).map(|(_, noun, form)| (*noun, *form))
}

/// Of a business area.
const AREA: [(&str, &str, Form); 11] = [
    ("saving", "saving", Form::Share(" of its cost")),
    ("noncashable", "non-cashable saving", Form::Share(" of its cost")),
    ("submit", "planned time to its business case", Form::Years),
    ("implement", "planned time to implement it", Form::Years),
    ("slip", "time to implement it", Form::Times),
    ("approve", "chance that its case is approved", Form::Share("")),
    ("consultation", "consultation", Form::Years),
    ("oneoff", "one-off cost", Form::Money("")),
    ("running", "running cost", Form::Money(" a year")),
    ("ramp", "time to its full saving", Form::Years),
    ("cost", "cost", Form::Money(" a year")),
];

/// Of everything else; longer addresses stand first.
const ANY: [(&str, &str, Form); 91] = [
    ("exit.base", "chance to give notice, a year", Form::Share("")),
    ("exit.election_weight", "weight of an election on leaving", Form::Plain("")),
    ("exit.loss_weight", "weight of missing savings on leaving", Form::Plain("")),
    ("exit.appetite_weight", "weight of unlike appetites on leaving", Form::Plain("")),
    ("exit.voice_weight", "weight of paying more than one's voice on leaving", Form::Plain("")),
    ("exit.notice", "notice", Form::Years),
    ("exit.cost", "cost of an exit", Form::Money("")),
    ("exit.fixed_share", "part of the cost of an exit that is the same however little is live", Form::Share("")),
    ("review.base", "chance that a review stops the programme", Form::Share("")),
    ("review.weight", "weight of missing savings on stopping the programme", Form::Plain("")),
    ("exit.leaver_share", "leaver's share of the cost of an exit", Form::Share("")),
    ("merger.rise_aversion", "aversion to a rise of council tax", Form::Plain("")),
    ("merger.ministerial_approval", "chance that the minister approves", Form::Share("")),
    ("merger.setup", "set-up cost", Form::Money("")),
    ("merger.abortive_cost", "cost of a failed merger", Form::Money("")),
    ("merger.equalise_years", "time to equal council tax", Form::Years),
    ("consent", "chance that its commissioner agrees", Form::Share("")),
    ("agree", "chance that a member agrees at a meeting", Form::Share("")),
    ("board_cycle", "time between board meetings", Form::Years),
    ("slip", "time to business cases", Form::Times),
    ("consultation", "consultation", Form::Years),
    ("ict_ready", "planned time to the common ICT", Form::Years),
    ("ict_slip", "time to the common ICT", Form::Times),
    ("workaround", "saving before the common ICT is there", Form::Share(" of the full one")),
    ("realisation", "realisation of savings", Form::Share(" of the plan")),
    ("attributable_cost", "share of costs of change that are additional", Form::Share("")),
    ("attributable", "share of savings that are additional", Form::Share("")),
    ("running", "running cost", Form::Money(" a year")),
    ("team", "programme team", Form::Money(" a year")),
    ("overrun", "cost of change", Form::Times),
    ("severance", "severance", Form::Share(" of a year's saving")),
    ("ict_capital", "ICT capital", Form::Money("")),
    ("ict_overrun", "cost of ICT", Form::Times),
    ("ict_cancelled", "chance that the common ICT is stopped by itself", Form::Share("")),
    ("ict_cancel_at", "part of its time after which the common ICT is stopped", Form::Share("")),
    ("ict_cancel_cost", "cost of stopping the common ICT", Form::Share(" of the capital not spent")),
    ("finance_rate", "interest on what is financed", Form::Share(" a year")),
    ("scale_loss", "savings that those who stay lose with all scale", Form::Share("")),
    ("overlap", "how far own cuts shrink what is in scope", Form::Share("")),
    ("design_share", "cost of a dropped case", Form::Share(" of its one-off cost")),
    ("stalled_pace", "pace of a stalled programme", Form::Share(" of the usual one")),
    ("stall_cut", "emergency cut at which programmes stall", Form::Share(" of spending")),
    ("reach", "share of spare officers that can help", Form::Share("")),
    ("retained", "savings kept after leaving", Form::Share("")),
    ("unwind", "time in which savings are lost after leaving", Form::Years),
    ("surge.rate", "major incidents", Form::Plain(" a year")),
    ("surge.x_min", "smallest major incident", Form::Plain(" officers")),
    ("surge.alpha", "rarity of large incidents", Form::Plain("")),
    ("opening_gap", "gap at the start", Form::Share(" of its budget")),
    ("demand_growth", "growth of demand", Form::Share(" a year")),
    ("uptake", "use of the allowed rise of council tax", Form::Share("")),
    ("deployable_share", "share of officers that can be sent", Form::Share("")),
    ("mutual_aid", "officers of national mutual aid", Form::Plain(" officers")),
    ("appetite", "appetite for collaboration", Form::Plain(" on a scale of 0 to 1")),
    ("min_reserves", "floor of reserves", Form::Share(" of spending")),
    ("max_reserves", "ceiling of reserves", Form::Share(" of spending")),
    ("gap_closure", "share of a gap closed by cuts", Form::Share("")),
    ("cut_recurrence", "share of emergency cuts that last", Form::Share("")),
    ("foresight", "weight of next year's balance where it is worse", Form::Share("")),
    ("officers_follow_cuts", "how far officers go down with spending", Form::Share("")),
    ("budget", "budget", Form::Money(" a year")),
    ("grant_share", "share of grant in its budget", Form::Share("")),
    ("tax_base", "tax base", Form::Plain(" Band D homes")),
    ("band_d", "Band D precept", Form::Pounds),
    ("reserves", "reserves at the start", Form::Money("")),
    ("population", "population", Form::Plain(" people")),
    ("officers", "officers", Form::Plain("")),
    ("economy.pay_share", "share of pay in spending", Form::Share("")),
    ("inflation.mean", "expected inflation", Form::Share(" a year")),
    ("inflation.sd", "spread of inflation", Form::Share(" a year")),
    ("inflation.persistence", "persistence of inflation", Form::Plain("")),
    ("pay.mean", "expected pay award", Form::Share(" a year")),
    ("pay.sd", "spread of pay awards", Form::Share(" a year")),
    ("pay.persistence", "persistence of pay awards", Form::Plain("")),
    ("tax_base_growth.mean", "expected growth of the council-tax base", Form::Share(" a year")),
    ("tax_base_growth.sd", "spread of growth of the council-tax base", Form::Share(" a year")),
    ("tax_base_growth.persistence", "persistence of growth of the council-tax base", Form::Plain("")),
    ("limit.pounds", "limit on the rise of council tax", Form::Pounds),
    ("limit.percent", "limit on the rise of council tax", Form::Share("")),
    ("funding.growth", "growth of grant", Form::Share(" a year")),
    ("funding.sd", "spread of the growth of grant", Form::Share(" a year")),
    ("funding.local_sd", "spread of grant between forces", Form::Share(" a year")),
    ("resilience.chi", "share of a partner's own worst incident on the same days", Form::Share("")),
    ("resilience.x_max", "largest possible incident", Form::Plain(" officers")),
    ("resilience.incident_cost", "cost of an incident", Form::Money(" an officer")),
    ("resilience.reimbursed", "share of the cost of incidents that is reimbursed", Form::Share("")),
    ("contact.target_s", "target time to answer", Form::Plain(" seconds")),
    ("contact.agents_saved", "share of agents saved", Form::Share("")),
    ("calls", "calls in the busy hour", Form::Plain("")),
    ("aht_s", "time to handle a call", Form::Plain(" seconds")),
    ("full_effect", "full effect", Form::Plain("")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_stated_keeps_its_digits_and_its_unit() {
        assert_eq!([0.125, 0.1 + 0.2, -2.25, 0.0].map(stated), ["0.125", "0.3", "−2.25", "0"]);
        assert_eq!(Form::Share(" of the plan").tell("12.5"), "12.5% of the plan");
        assert_eq!(Form::Money(" a year").tell("−2"), "−£2m a year");
        assert_eq!(Form::Years.tell("1"), "1 year");
        assert_eq!(Form::Plain("").tell("3"), "3");
    }

    #[test]
    fn numbers_have_two_digits_or_three_after_a_one() {
        for (value, text) in [
            (0.343, "0.34"),
            (1.218, "1.22"),
            (-2.1, "−2.1"),
            (45.1, "45"),
            (123.4, "123"),
            (2_500.0, "2500"),
            (0.001_234, "0.00123"),
            (5.0, "5"),
            (0.0, "0"),
        ] {
            assert_eq!(digits(value), text);
        }
    }
}
