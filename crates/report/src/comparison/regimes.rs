//! What the funding regime of most years does to the ranking of options.

use super::{Figure, Figures, MeasureReport, RegimeReport, Scenario, lead};
use engine::outcomes::Outcome;

/// Net present value in the futures that each funding regime shapes most; none where the options do not share their regimes.
pub(super) fn regimes(
    scenarios: &[Scenario],
    measures: &[MeasureReport],
    count: usize,
    figures: &impl Figures,
) -> Vec<RegimeReport> {
    let shared = |(base, others): &(&Scenario, &[Scenario])| others.iter().all(|own| share(base, own));
    let Some((base, _)) = scenarios.split_first().filter(shared) else { return Vec::new() };
    let Some(npv) = measures.iter().find(|measure| measure.measure == Outcome::Npv.whole()) else { return Vec::new() };
    let overall = npv.ranking.first().copied();
    let of = |(r, regime): (usize, &engine::alliance::Regime)| {
        let mean = |name: String| figures.mean(&name).map(Figure::from);
        let means: Vec<Option<Figure>> = (0..count).map(|o| mean(analysis::own_in(o, Outcome::Npv.id(), r))).collect();
        let differences: Vec<Option<Figure>> = (0..count)
            .map(|o| (o > 0).then(|| mean(analysis::difference_in(o, Outcome::Npv.id(), r))).flatten())
            .collect();
        let value = |o: &usize| means[*o].map_or(f64::NEG_INFINITY, |mean| mean.value);
        let best = (0..count).max_by(|a, b| value(a).total_cmp(&value(b)));
        RegimeReport {
            regime: regime.name.clone(),
            share: figures
                .missing(&analysis::own_in(0, Outcome::Npv.id(), r))
                .map(|missing| Figure::from(missing).complement()),
            turns: turns(overall, best, &differences).is_some(),
            best: best.filter(|best| means[*best].is_some()),
            means,
            differences,
        }
    };
    base.funding.regimes.iter().enumerate().map(of).filter(|regime| regime.means.iter().any(Option::is_some)).collect()
}

/// Whether two options meet the same regime in the same year of every future: the draws are the same, so the rules have to be.
fn share(one: &Scenario, other: &Scenario) -> bool {
    let chain = |own: &Scenario| -> Vec<_> {
        own.funding.regimes.iter().map(|regime| (regime.name.clone(), regime.next.clone())).collect()
    };
    let known = |own: &Scenario| (own.first_year, own.funding.initial, own.funding.known.clone());
    known(one) == known(other) && chain(one) == chain(other)
}

/// By how much another option than that of all futures leads it, where that is more than the errors of both differences from the
/// baseline allow, however they hang together.
pub(super) fn turns(overall: Option<usize>, best: Option<usize>, differences: &[Option<Figure>]) -> Option<Figure> {
    let (overall, best) = (overall?, best?);
    let lead = lead(best, overall, |o| differences[o])?;
    (overall != best && lead.clear()).then_some(lead)
}
