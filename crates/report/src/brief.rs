//! One page for those who decide: the question, the answer, what that supports and for whom, three figures, one chart, what it hangs on, what
//! would change it, what it leaves open, and who stands behind it.

mod drivers;

use crate::chart::{self, Chart};
use crate::data::{Report, ScenarioFacts, TargetReport};
use crate::explanation::{self, Explanation};
use crate::figure::{Figure, Spread};
use crate::glance::{Glance, Told};
use crate::grid::Table;
use crate::left_out;
use crate::register::Register;
use crate::words::{self, money_figure, percent};

/// One page for those who decide.
#[derive(Debug, Clone, Default)]
pub struct Brief {
    /// How it may be handed round; none where the scenario does not say.
    pub marking: Option<String>,
    /// What it is about.
    pub title: String,
    /// What is asked.
    pub question: String,
    /// The answer in a sentence.
    pub answer: String,
    /// What the figures support, and for whom.
    pub advice: Vec<String>,
    /// Three figures.
    pub figures: Vec<Told>,
    /// A chart.
    pub chart: Option<Drawn>,
    /// The outcome of which it is said what moves it: `net present value`.
    pub outcome: String,
    /// The few inputs that move it most.
    pub hangs_on: Vec<String>,
    /// What would change the answer.
    pub turns: Vec<String>,
    /// What it leaves open.
    pub caveats: Vec<String>,
    /// Who stands behind it, and with what it was made.
    pub signed: Vec<(&'static str, String)>,
}

/// A chart as it is drawn, with the values that it shows.
#[derive(Debug, Clone, Default)]
pub struct Drawn {
    /// The drawing.
    pub svg: String,
    /// Its finding.
    pub title: String,
    /// Its values.
    pub data: Vec<Table>,
}

/// Promises that it weighs.
const PROMISES: usize = 2;
/// Things left out that it names.
const LEFT_OUT: usize = 3;

impl Brief {
    /// A forecast with what drives it and what is assumed.
    #[must_use]
    pub fn of_board(report: &Report, drivers: &Explanation, assumed: &Register) -> Self {
        let glance = Glance::of_forecast(report);
        let drawn = glance.chart.map(|(chart, foot)| Drawn {
            svg: chart::inline(&Chart::scene(chart, foot)),
            title: chart.heading().title.clone(),
            data: chart.data(),
        });
        Self {
            marking: report.scenario.sign_off.marking.clone(),
            title: report.scenario.title.clone(),
            question: glance.question,
            answer: glance.answer,
            advice: value(report)
                .into_iter()
                .chain(report.targets.iter().take(PROMISES).map(promise))
                .chain(takes(report))
                .chain(council_tax(report))
                .chain(drivers::know_first(drivers))
                .collect(),
            figures: glance.figures,
            chart: drawn,
            outcome: words::the_measure(&drivers.outcome),
            hangs_on: drivers::hangs_on(drivers),
            turns: drivers::turns(drivers),
            caveats: explanation::unsettled(drivers).into_iter().chain(caveats(report, assumed)).collect(),
            signed: signed(report),
        }
    }
}

/// Whether to go ahead as far as value goes, and whether that holds for each force. What is decided on is to try: futures in which a merger is
/// refused count. Where mergers that may fail stand beside other collaborations no verdict is given: it would be theirs.
fn value(report: &Report) -> Vec<String> {
    let Some((npv, above)) = report.whole.npv.as_ref().zip(report.whole.npv_above_zero) else { return Vec::new() };
    let Some(at) = at(report, npv, above) else { return Vec::new() };
    let advice = if report.alliances.len() > 1 && report.may_fail().next().is_some() {
        format!("No verdict on going ahead: the merger is counted with the others here. Of all together, {at}")
    } else {
        format!("{}: {at}{}", speaks(npv, above), either(npv))
    };
    std::iter::once(advice).chain(for_whom(report)).collect()
}

/// What net present value is, and how often it is a gain.
fn at(report: &Report, npv: &Spread, above: Figure) -> Option<String> {
    let settled = settled_mean(npv);
    let how = if settled.is_some() { "on average" } else { "at the median" };
    Some(format!(
        "net present value is {} {how}, and above £0m in {} of {}.",
        money_figure(settled.or(npv.p50)?),
        percent(above),
        words::all_futures(report)
    ))
}

/// That it may be a gain or a loss, where it may.
fn either(npv: &Spread) -> String {
    let ends = npv.p10.zip(npv.p90).filter(|(low, high)| low.value < 0.0 && high.value > 0.0);
    ends.map_or_else(String::new, |(low, high)| {
        let (low, high) = (money_figure(low), money_figure(high));
        format!(" A gain or a loss: eight futures in ten lie between {low} and {high}.")
    })
}

/// What value speaks for: mean, or median where that has not settled, and most futures, each where it is clear.
fn speaks(npv: &Spread, above: Figure) -> &'static str {
    let middle = settled_mean(npv).or(npv.p50).unwrap_or(Figure { value: 0.0, error: 0.0 });
    let most = Figure { value: above.value - 0.5, error: above.error };
    let (gain, loss) = (middle.clear(), middle.times(-1.0).clear());
    match (gain, loss, most.clear(), most.times(-1.0).clear()) {
        (true, _, true, _) => "Value speaks for going ahead",
        (true, _, _, true) => "Value speaks for going ahead on average only: most futures do not gain",
        (true, ..) => "Value speaks for going ahead on average; about as many futures lose as gain",
        (_, true, true, _) => "Value speaks against going ahead on average, although most futures gain",
        (_, true, ..) => "Value speaks against going ahead on these terms",
        _ => "Value alone gives no case either way",
    }
}

/// Which forces gain on average, and which do not; of whom the mean has not settled it is not clear.
fn for_whom(report: &Report) -> Option<String> {
    let told = report.forces.iter().filter_map(|force| Some((force, force.npv.as_ref()?, force.loses?)));
    let (mut gain, mut lose, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for (force, npv, loses) in told {
        let loses = percent(loses);
        match settled_mean(npv) {
            Some(mean) => {
                let text = format!("{} ({}; loses in {loses})", force.name, money_figure(mean));
                if mean.clear() {
                    gain.push(text);
                } else if mean.times(-1.0).clear() {
                    lose.push(text);
                } else {
                    open.push(text);
                }
            }
            None => open.push(format!("{} (loses in {loses})", force.name)),
        }
    }
    if gain.len() + lose.len() + open.len() < 2 {
        return None;
    }
    let say =
        |some: &[String], what: &str| (!some.is_empty()).then(|| format!("{what}: {}", words::first_few(some, 5)));
    let parts = [say(&gain, "better off on average"), say(&lose, "worse off on average"), say(&open, "not clear")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let over = if report.may_fail().next().is_some() { ", over all futures" } else { "" };
    Some(format!("For whom{over}: {}.", parts.join("; ")))
}

fn settled_mean(spread: &Spread) -> Option<Figure> {
    spread.mean.filter(|_| spread.rests_on.is_none())
}

/// What has to be found before it pays, and when that has come back.
fn takes(report: &Report) -> Option<String> {
    let need = report.whole.peak_funding_need.as_ref()?;
    let plan = need.plan.map_or_else(String::new, |plan| format!(" (the plan: {})", words::money(plan)));
    let back = words::payback(report).map_or_else(String::new, |back| format!(" {back}"));
    Some(format!("What it takes: up to {} in nine futures of ten{plan}.{back}", money_figure(need.p90?)))
}

/// What a merger does to council tax: at the median, or by the plan where it may fail.
fn council_tax(report: &Report) -> Option<String> {
    let (median, plan) = words::council_tax(report)?;
    Some(if report.may_fail().next().is_some() { format!("{median}{plan}") } else { median })
}

/// Whether a promise can be made, and what could be; each where that is clear.
fn promise(target: &TargetReport) -> String {
    let kept = percent(target.met);
    let name = &target.name;
    let above = |chance: f64| Figure { value: target.met.value - chance, error: target.met.error }.clear();
    if above(SURE) {
        return format!("The promise \"{name}\" can be made: it is kept in {kept} of futures.");
    }
    let better = could_be(target).map_or_else(String::new, |amount| format!(" (three in four reach {amount})"));
    let advice = if above(0.5) { "Do not take for certain" } else { "Do not promise" };
    format!("{advice} \"{name}\": it is kept in {kept} of futures{better}.")
}

/// The chance from which on a promise can be made.
const SURE: f64 = 0.75;

/// The amount that three futures in four reach, as a promise is kept by what reaches its amount: rounded down, and none that is nothing.
fn could_be(target: &TargetReport) -> Option<String> {
    let p25 = target.outcome.p25?.value;
    let step = words::step(p25, target.unit);
    // What is a whole step but for rounding is that step.
    let floor = (p25 / step + 1e-9).floor() * step;
    (floor > 0.0).then(|| words::amount(floor, target.unit))
}

/// What it leaves open: weak evidence, judgement, what is not modelled, what was probably meant otherwise.
fn caveats(report: &Report, assumed: &Register) -> Vec<String> {
    let facts: &ScenarioFacts = &report.scenario;
    let weak: Vec<String> = assumed.weakest().into_iter().map(|(label, _)| label).collect();
    let mut all: Vec<String> = Vec::new();
    if !weak.is_empty() {
        all.push(format!("Of what matters most, of low or unstated confidence: {}.", weak.join("; ")));
    }
    all.extend(assumed.judged());
    let left_out = left_out::named(facts);
    if !left_out.is_empty() {
        all.push(format!("Not modelled, and so in no figure: {}.", words::first_few(&left_out, LEFT_OUT)));
    }
    match facts.worth_a_look.len() {
        0 => {}
        1 => all.push("One number of the scenario was probably meant otherwise: see Worth a look.".to_owned()),
        several => all.push(format!("{several} things in the scenario are worth a look first.")),
    }
    all
}

/// Who stands behind it, and with what it was made.
fn signed(report: &Report) -> Vec<(&'static str, String)> {
    let (own, run) = (&report.scenario.sign_off, &report.run);
    let said = |text: &Option<String>| text.clone().unwrap_or_else(|| "not stated".to_owned());
    let hash: String = report.scenario.hash.chars().take(12).collect();
    vec![
        ("Prepared by", said(&own.prepared_by)),
        ("Approved by", said(&own.approved_by)),
        ("Date", said(&own.dated)),
        ("Status", said(&own.status)),
        (
            "Made by",
            format!(
                "alliance {}, {} futures, seed {}; scenario {} {hash}, {}",
                run.version,
                words::thousands(run.trials),
                run.seed,
                report.scenario.name,
                report.scenario.span()
            ),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Sample, report};

    fn of(value: f64, error: f64) -> Option<Figure> {
        Some(Figure { value, error })
    }

    /// What is said of value where the mean, the share of futures that gain, and the ends of eight in ten are these.
    fn said(mean: (f64, f64), above: f64, (low, high): (f64, f64)) -> String {
        let mut told = report(Sample::TwoForce);
        let npv = told.whole.npv.as_mut().expect("it has one");
        (npv.mean, npv.p10, npv.p50, npv.p90, npv.rests_on) =
            (of(mean.0, mean.1), of(low, 0.1), of(mean.0, 0.1), of(high, 0.1), None);
        told.whole.npv_above_zero = of(above, 0.005);
        value(&told)[0].clone()
    }

    #[test]
    fn advice_on_value_is_never_stronger_than_its_interval() {
        // 5.0 lies 10 errors above 0; 0.9 less than 1.96 errors of 0.5.
        assert!(
            said((5.0, 0.5), 0.6, (-3.0, 12.0)).starts_with("Value speaks for going ahead: net present value is £5.0m")
        );
        assert!(
            said((5.0, 0.5), 0.6, (-3.0, 12.0))
                .ends_with("A gain or a loss: eight futures in ten lie between −£3.0m and £12.0m.")
        );
        assert!(!said((5.0, 0.5), 0.99, (3.0, 12.0)).contains("A gain or a loss"));
        assert!(said((5.0, 0.5), 0.4, (-3.0, 12.0)).starts_with("Value speaks for going ahead on average only: most"));
        assert!(
            said((-5.0, 0.5), 0.6, (-30.0, 12.0)).starts_with("Value speaks against going ahead on average, although")
        );
        assert!(said((-5.0, 0.5), 0.3, (-30.0, 2.0)).starts_with("Value speaks against going ahead on these terms"));
        for mean in [0.9, -0.9] {
            assert!(said((mean, 0.5), 0.5, (-9.0, 9.0)).starts_with("Value alone gives no case either way"));
        }
        // 0.505 lies within 1.96 errors of 0.005 of one half: no word of most futures.
        assert!(
            said((5.0, 0.5), 0.505, (-3.0, 12.0)).starts_with("Value speaks for going ahead on average; about as many")
        );
    }

    #[test]
    fn what_three_futures_in_four_keep_is_the_lower_quarter_of_what_should_be_high() {
        let mut told = report(Sample::TwoForce);
        let target = &mut told.targets[0];
        (target.met, target.outcome.p25) = (Figure { value: 0.2, error: 0.001 }, of(1.4, 0.01));
        let text = promise(&told.targets[0]);
        assert!(text.starts_with("Do not promise \"") && text.contains("kept in 20% of futures"), "{text}");
        assert!(text.ends_with("(three in four reach £1.4m)."), "{text}");
        told.targets[0].met.value = 0.6;
        assert!(promise(&told.targets[0]).starts_with("Do not take for certain \""));
        told.targets[0].met.value = 0.8;
        assert!(promise(&told.targets[0]).contains("can be made"));
    }

    #[test]
    fn what_three_in_four_keep_is_rounded_down_as_it_is_printed_and_nothing_is_no_promise() {
        let mut target = report(Sample::TwoForce).targets.remove(0);
        let mut at = |p25: f64| {
            target.outcome.p25 = of(p25, 0.01);
            could_be(&target)
        };
        let found = [101.616, 1.363, 0.517, 0.004, -5.0].map(|p25| at(p25).unwrap_or_default());
        assert_eq!(found, ["£101m", "£1.3m", "£0.51m", "", ""]);
    }

    #[test]
    fn forces_are_told_by_who_gains() {
        let mut told = report(Sample::TwoForce);
        let means = [of(4.0, 0.1), of(-2.0, 0.1)];
        for (force, mean) in told.forces.iter_mut().zip(means) {
            let npv = force.npv.as_mut().expect("it has a share");
            (npv.mean, npv.rests_on, force.loses) = (mean, None, of(0.4, 0.01));
        }
        let text = for_whom(&told).expect("two forces");
        assert!(text.contains("better off on average: ") && text.contains("(£4.0m; loses in 40%)"), "{text}");
        assert!(text.contains("worse off on average: ") && text.contains("(−£2.0m; loses in 40%)"), "{text}");
    }
}
