//! How inputs are worded for people, everywhere: what an input is called, and what it means that it lies within bounds. Draws are told as
//! the event, the count or the average that they come to, never as the number behind it.

mod address;
mod quantities;
mod unit;
mod yearly;

use address::{Address, parts};
use quantities::{Form, Named, stated};

use analysis::{National, Reading};
use engine::alliance::{Kind, Scenario, Series};
use engine::uncertainty::Value;

use super::figure::Figure;
use super::terminal::layout::with_error;

/// What the words for inputs need to know of a scenario.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Names of the funding regimes.
    regimes: Vec<String>,
    /// Names of the alliances that are mergers.
    mergers: Vec<String>,
    /// Whether areas of one name could be of one alliance or another.
    several: bool,
    /// What non-pay prices, pay awards and the tax base are expected to grow by on average after the first year, where that is certain.
    expected: [Option<f64>; 3],
}

impl Inputs {
    /// What they need to know of this scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let mergers = scenario.alliances.iter().filter(|alliance| alliance.kind == Kind::Merger);
        let economy = &scenario.economy;
        Self {
            regimes: scenario.funding.regimes.iter().map(|regime| regime.name.clone()).collect(),
            mergers: mergers.map(|alliance| alliance.name.clone()).collect(),
            several: scenario.alliances.len() > 1,
            expected: [&economy.inflation, &economy.pay, &economy.tax_base_growth]
                .map(|series| expected(series, scenario.years)),
        }
    }

    /// What a number at an address of the scenario is called: `HR: saving`.
    #[must_use]
    pub fn name(&self, address: &str) -> String {
        self.label(address, Reading::Number)
    }

    /// What a number at an address is called by itself: `realisation of savings`.
    #[must_use]
    pub fn noun(address: &str) -> String {
        Named::of(&Address::read(&parts(address))).noun
    }

    /// The same with whose it is: `Hub: realisation of savings`.
    #[must_use]
    pub fn titled(address: &str) -> String {
        Self::default().name(address)
    }

    /// Whether a number at an address has a name of its own, and not only the words of its key.
    #[must_use]
    pub fn knows(address: &str) -> bool {
        Named::is_known(&Address::read(&parts(address)))
    }

    /// A value of a number at an address, in its unit, as short as it can be told: `34%`.
    #[must_use]
    pub fn amount(address: &str, value: f64) -> String {
        Named::of(&Address::read(&parts(address))).form.short(value)
    }

    /// What is called a number at an address, and its unit: as the head of an axis or of rows, with what a value there is multiplied by.
    #[must_use]
    pub fn axis(name: &str, address: &str) -> (String, f64) {
        let (factor, unit, of) = Named::of(&Address::read(&parts(address))).form.unit();
        let unit = format!("{unit}{of}");
        let unit = unit.trim();
        (if unit.is_empty() { name.to_owned() } else { format!("{name}, {unit}") }, factor)
    }

    /// A value of a number at an address as it was stated, in its unit: `12.5% of the plan`.
    #[must_use]
    pub fn stated(address: &str, value: f64) -> String {
        let form = Named::of(&Address::read(&parts(address))).form;
        form.tell(&stated(value * form.unit().0))
    }

    /// The same of a value that was found, to the digits earned, with its error where it is asked for.
    #[must_use]
    pub fn found(address: &str, figure: Figure, is_error_told: bool) -> String {
        let form = Named::of(&Address::read(&parts(address))).form;
        let factor = form.unit().0;
        let most = if factor > 1.0 { 1 } else { 3 };
        let figure = figure.times(factor);
        form.tell(&if is_error_told { with_error(Some(figure), most, "") } else { figure.rounded(most.min(2)) })
    }

    /// What an input is called: `HR: case approved`.
    #[must_use]
    pub fn label(&self, address: &str, reading: Reading) -> String {
        let parts = parts(address);
        let at = Address::read(&parts);
        let owner = self.owner(&at);
        let of = |what: &str| owner.as_ref().map_or_else(|| what.to_owned(), |owner| format!("{owner}: {what}"));
        let force = at.force.unwrap_or_default();
        match reading {
            Reading::Number => of(&Named::of(&at).noun),
            Reading::Approved(..) => of("case approved"),
            Reading::Meetings(..) => of("meetings until the case is passed"),
            Reading::Agrees(..) => format!("{force}: commissioner agrees"),
            Reading::MinisterApproves(_) => of("minister approves"),
            Reading::Leaves(..) => format!("{force}: {} {}", self.leaving(&at).0, at.alliance.unwrap_or_default()),
            Reading::IctStopped(_) => of("common ICT stopped by itself"),
            Reading::Stopped(_) => of("programme stopped by a review"),
            Reading::YearsIn(regime) => format!("years of {}", self.regime(regime)),
            Reading::LargestSurge(_) => format!("{force}: largest incident"),
            Reading::MeanSurge(_) => format!("{force}: largest incident of a year, on average"),
            Reading::Above(series) => format!("{}, mean of years", national(series)),
            Reading::GrantAbove(_) => format!("{force}: growth of its grant, mean of years"),
        }
    }

    /// What it means that an input lies within bounds, as it follows *where*: `the case for HR is refused`.
    #[must_use]
    pub fn says(&self, address: &str, reading: Reading, low: Option<f64>, high: Option<f64>) -> String {
        let parts = parts(address);
        let at = Address::read(&parts);
        let force = at.force.unwrap_or_default();
        let alliance = at.alliance.unwrap_or_default();
        let happens = low.is_some_and(|low| low > 0.5);
        let either = |yes: &str, no: &str| if happens { yes.to_owned() } else { no.to_owned() };
        match reading {
            Reading::Number => self.number(&at, low, high),
            Reading::Approved(..) => format!("the case for {} is {}", self.area(&at), either("approved", "refused")),
            Reading::Meetings(..) => {
                format!("the case for {} takes {}", self.area(&at), count(low, high, "meeting", "meetings"))
            }
            Reading::Agrees(..) => {
                format!("{} commissioner {}", possessive(force), either("agrees", "refuses"))
            }
            Reading::MinisterApproves(_) => {
                format!("the minister {} {alliance}", either("approves", "refuses"))
            }
            Reading::Leaves(..) => {
                let (does, does_not) = self.leaving(&at);
                format!("{force} {} {alliance}", either(does, does_not))
            }
            Reading::IctStopped(_) => {
                format!("the common ICT of {alliance} {} by itself", either("is stopped", "is not stopped"))
            }
            Reading::Stopped(_) => {
                let (does, does_not) = ("is stopped by a review", "is not stopped by a review");
                format!("the programme of {alliance} {}", either(does, does_not))
            }
            Reading::YearsIn(regime) => {
                format!("funding is in {} for {}", self.regime(regime), count(low, high, "year", "years"))
            }
            Reading::LargestSurge(_) | Reading::MeanSurge(_) => surge(force, reading, low, high),
            Reading::Above(series) => self.above(series, low, high),
            Reading::GrantAbove(_) => format!(
                "{} grant grows by {} the national one",
                possessive(force),
                beside(low, high, ["faster than", "slower than"])
            ),
        }
    }

    fn number(&self, at: &Address<'_>, low: Option<f64>, high: Option<f64>) -> String {
        let named = Named::of(at);
        let whose = self.owner(at).map_or_else(|| "the".to_owned(), |owner| possessive(&owner));
        let verb = if named.yearly { "averages" } else { "is" };
        format!("{whose} {} {verb} {}", named.noun, named.form.within(low, high))
    }

    fn above(&self, series: National, low: Option<f64>, high: Option<f64>) -> String {
        let (name, verb) = (national(series), if series == National::Pay { "average" } else { "averages" });
        let expected = match series {
            National::Inflation => self.expected[0],
            National::Pay => self.expected[1],
            National::TaxBase => self.expected[2],
            National::Grant => None,
        };
        match (expected, series) {
            (Some(mean), _) => {
                let of = |bound: Option<f64>| bound.map(|bound| bound + mean);
                format!("{name} {verb} {}", Form::Share(" a year").within(of(low), of(high)))
            }
            (None, National::Grant) => {
                format!("{name} is {} its regimes give", beside(low, high, ["above what", "below what"]))
            }
            (None, _) => format!("{name} {verb} {} is expected", beside(low, high, ["above what", "below what"])),
        }
    }

    /// Who or what an input belongs to, by name.
    fn owner(&self, at: &Address<'_>) -> Option<String> {
        match (at.area, at.regime, at.benefit) {
            (Some(_), _, _) => Some(match at.member {
                Some(member) => format!("{} in {member}", self.area(at)),
                None => self.area(at),
            }),
            (_, Some(regime), _) => Some(format!("funding in {regime}")),
            (_, _, Some(benefit)) => Some(benefit.to_owned()),
            _ => at.force.or(at.alliance).map(str::to_owned),
        }
    }

    /// An area by its name, and that of its alliance where there are several.
    fn area(&self, at: &Address<'_>) -> String {
        let area = at.area.unwrap_or_default();
        match at.alliance.filter(|_| self.several) {
            Some(alliance) => format!("{area} ({alliance})"),
            None => area.to_owned(),
        }
    }

    fn regime(&self, position: usize) -> &str {
        self.regimes.get(position).map_or("the regime", String::as_str)
    }

    /// What leaving is called, and not leaving.
    fn leaving(&self, at: &Address<'_>) -> (&'static str, &'static str) {
        if at.alliance.is_some_and(|name| self.mergers.iter().any(|merger| merger == name)) {
            ("withdraws from", "does not withdraw from")
        } else {
            ("gives notice to leave", "does not give notice to leave")
        }
    }
}

/// Whether a reading is a sign of how things go, besides what it does to them: partners leave, and boards stop a programme, where less is
/// saved than was planned.
#[must_use]
pub const fn is_sign(reading: Reading) -> bool {
    matches!(reading, Reading::Leaves(..) | Reading::Stopped(_))
}

/// What a series is expected to average after the first year; none where that is uncertain itself. Its last mean holds on.
fn expected(series: &Series, years: usize) -> Option<f64> {
    let known = |t: usize| match series.mean.get(t).or(series.mean.last()).map(|mean| &mean.value) {
        Some(Value::Fixed(mean)) => Some(*mean),
        _ => None,
    };
    let sum: f64 = (1..years).map(known).sum::<Option<f64>>()?;
    (years > 1).then(|| sum / (years - 1) as f64)
}

const fn national(series: National) -> &'static str {
    match series {
        National::Inflation => "inflation",
        National::Pay => "pay awards",
        National::TaxBase => "growth of the council-tax base",
        National::Grant => "growth of government grant",
    }
}

/// `Dorset's`, `Avon and Somerset Police's`, `Highways'`.
fn possessive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") }
}

/// A whole number within bounds: `3 meetings or more`.
fn count(low: Option<f64>, high: Option<f64>, one: &str, many: &str) -> String {
    let of = |n: f64| if (n - 1.0).abs() < 0.5 { format!("1 {one}") } else { format!("{n:.0} {many}") };
    match (low, high) {
        (Some(low), Some(high)) if high - low < 0.5 => of(low),
        (Some(low), Some(high)) => format!("{low:.0} to {}", of(high)),
        (Some(low), None) => format!("{} or more", of(low)),
        (None, Some(high)) if high < 0.5 => format!("no {one}"),
        (None, Some(high)) => format!("{} or fewer", of(high)),
        (None, None) => format!("any number of {many}"),
    }
}

/// How far a yearly rate lies beside another: `at least 0.3 points a year above`.
fn beside(low: Option<f64>, high: Option<f64>, [above, below]: [&str; 2]) -> String {
    let points = |rate: f64| format!("{} points a year", quantities::digits(rate.abs() * 100.0));
    let one = |least: bool, rate: f64| {
        let up = rate >= 0.0;
        let word = if least == up { "at least" } else { "no more than" };
        format!("{word} {} {}", points(rate), if up { above } else { below })
    };
    match (low, high) {
        (Some(low), Some(high)) => format!("{} and {}", one(true, low), one(false, high)),
        (Some(low), None) => one(true, low),
        (None, Some(high)) => one(false, high),
        (None, None) => format!("any rate {above}"),
    }
}

fn surge(force: &str, reading: Reading, low: Option<f64>, high: Option<f64>) -> String {
    let none = high.is_some_and(|high| high <= 0.0);
    let what = format!("{} largest incident", possessive(force));
    match reading {
        Reading::MeanSurge(_) => {
            format!("{what} of a year calls for {} on average", Form::Plain(" officers").within(low, high))
        }
        _ if none => format!("{force} has no major incident"),
        _ => format!("{what} calls for {}", Form::Plain(" officers").within(low, high)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::id::{AllianceId, AreaId, ForceId};

    fn inputs() -> Inputs {
        Inputs {
            regimes: vec!["austerity".to_owned(), "growth".to_owned()],
            mergers: vec!["Merger".to_owned()],
            several: false,
            expected: [None, Some(0.02), None],
        }
    }

    fn says(address: &str, reading: Reading, low: Option<f64>, high: Option<f64>) -> String {
        inputs().says(address, reading, low, high)
    }

    #[test]
    fn an_event_is_told_as_what_happens_or_does_not() {
        let (k, a, f) = (AllianceId(0), AreaId(0), ForceId(0));
        let approved = |low, high| says("alliance.K.area.Finance.approved", Reading::Approved(k, a), low, high);
        assert_eq!(approved(None, Some(0.0)), "the case for Finance is refused");
        assert_eq!(approved(Some(1.0), None), "the case for Finance is approved");
        let address = "alliance.Merger.force.\"Devon & Cornwall\".consent";
        let refuses = says(address, Reading::Agrees(k, f), None, Some(0.0));
        assert_eq!(refuses, "Devon & Cornwall's commissioner refuses");
        let leaves = |alliance: &str| {
            says(&format!("alliance.{alliance}.force.Dorset.exit"), Reading::Leaves(k, f), Some(1.0), None)
        };
        assert_eq!(leaves("Merger"), "Dorset withdraws from Merger");
        assert_eq!(leaves("\"Strategic alliance\""), "Dorset gives notice to leave Strategic alliance");
        let minister = says("alliance.Merger.minister", Reading::MinisterApproves(k), None, Some(0.0));
        assert_eq!(minister, "the minister refuses Merger");
    }

    #[test]
    fn counts_are_whole_and_rates_have_their_unit() {
        let years = |low, high| says("funding.regime", Reading::YearsIn(0), low, high);
        assert_eq!(years(Some(6.0), None), "funding is in austerity for 6 years or more");
        assert_eq!(years(None, Some(1.0)), "funding is in austerity for 1 year or fewer");
        assert_eq!(years(None, Some(0.0)), "funding is in austerity for no year");
        let pay = |low, high| says("economy.pay", Reading::Above(National::Pay), low, high);
        // 1.1 points above an expected 2 %.
        assert_eq!(pay(Some(0.011), None), "pay awards average at least 3.1% a year");
        let prices = |low, high| says("economy.inflation", Reading::Above(National::Inflation), low, high);
        assert_eq!(prices(Some(0.003), None), "inflation averages at least 0.3 points a year above what is expected");
        assert_eq!(
            prices(Some(-0.003), None),
            "inflation averages no more than 0.3 points a year below what is expected"
        );
        assert_eq!(prices(None, Some(-0.003)), "inflation averages at least 0.3 points a year below what is expected");
        let grant = says("force.Dorset.grant_shock", Reading::GrantAbove(ForceId(1)), None, Some(-0.002));
        assert_eq!(grant, "Dorset's grant grows by at least 0.2 points a year slower than the national one");
    }

    #[test]
    fn a_quantity_stands_with_its_owner_and_its_unit() {
        let number = |address: &str, low, high| says(address, Reading::Number, low, high);
        assert_eq!(
            number("alliance.\"Strategic alliance\".realisation", None, Some(0.343)),
            "Strategic alliance's realisation of savings is at most 34% of the plan"
        );
        // Nothing is below none of it, nor above all of it; rates of growth have neither end.
        assert_eq!(number("alliance.K.realisation", None, Some(0.0)), "K's realisation of savings is 0% of the plan");
        assert_eq!(number("alliance.K.agree", Some(1.0), None), "K's chance that a member agrees at a meeting is 100%");
        assert_eq!(
            number("funding.regime.\"flat cash\".growth", None, Some(0.0)),
            "funding in flat cash's growth of grant is at most 0% a year"
        );
        assert_eq!(number("alliance.K.area.HR.saving", Some(0.05), None), "HR's saving is at least 5% of its cost");
        assert_eq!(
            number("alliance.K.overrun", Some(1.218), None),
            "K's cost of change is at least 1.22 times the plan"
        );
        assert_eq!(
            number("funding.regime.\"flat cash\".growth", None, Some(-0.021)),
            "funding in flat cash's growth of grant is at most −2.1% a year"
        );
        assert_eq!(Inputs::amount("alliance.K.realisation", 0.343), "34%");
        assert_eq!(Inputs::amount("alliance.K.slip", 1.25), "×1.25");
        assert_eq!(Inputs::amount("alliance.K.team", 4.0), "£4m");
        assert_eq!(inputs().name("economy.pay_share"), "share of pay in spending");
        let several = Inputs { several: true, ..inputs() };
        assert_eq!(several.name("alliance.K.area.HR.cost.\"D. & C.\""), "HR (K) in D. & C.: cost");
    }
}
