//! Options on the same draws: each trial runs every one of them, so that differences are paired (common random numbers; Law 2015,
//! section 11.2).

mod running;

use std::fmt;
use std::sync::Arc;

use super::align::OwnHorizon;
use super::measures::Measure;
use super::option_columns::{
    better, difference, difference_in, difference_over, first, nobody_first, own, own_in, own_over, regret, saving,
    worse,
};
use super::remembered::Remembered;
use engine::model::{Model, Worker};
use engine::outcomes::{Better, Catalogue, Missing, Outcome, OutcomeId, Tier, is_above};
use engine::uncertainty::lanes::{BLOCK, Column};
use engine::units::{Unit, thousands};

/// Why options cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Fewer than two.
    TooFew,
    /// More than [`Comparison::MOST`].
    TooMany(usize),
    /// So many figures of a future together, more than [`Comparison::MOST_FIGURES`].
    TooLarge(usize),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew => write!(f, "a comparison needs at least two scenarios"),
            Self::TooMany(count) => write!(f, "{count} scenarios; at most {} are compared", Comparison::MOST),
            Self::TooLarge(figures) => write!(
                f,
                "{} figures of every future would be held at once, those of all scenarios together; at most {} are: \
                 compare fewer scenarios, or ones of fewer forces, alliances or years",
                thousands(*figures as u64),
                thousands(Comparison::MOST_FIGURES as u64)
            ),
        }
    }
}

impl std::error::Error for Refused {}

/// The measure whose ranking is also told by funding regime.
const BY_REGIME: OutcomeId = Outcome::Npv.whole();

/// Options compiled, with where each of their measures stands.
#[derive(Debug)]
pub struct Comparison {
    options: Vec<Model>,
    measures: Vec<Measure>,
    /// Position of each measure in each option.
    from: Vec<Vec<usize>>,
    /// Position of the first year's cashable saving in each option.
    savings: Vec<usize>,
    /// Position of the first year's funding regime in the baseline.
    regime: usize,
    regimes: usize,
    /// Other horizons: the years of each option within each.
    horizons: Vec<Vec<usize>>,
    /// The options over the longest of them, where that is longer than their own.
    further: Vec<Model>,
    catalogue: Catalogue,
    at: Places,
    plan: Vec<f64>,
    /// What the baseline made of blocks before.
    remembered: Option<Arc<Remembered>>,
}

/// Where the outcomes of a comparison stand: option by option within measure.
#[derive(Debug, Default)]
struct Places {
    own: Vec<Vec<usize>>,
    difference: Vec<Vec<usize>>,
    better: Vec<Vec<usize>>,
    worse: Vec<Vec<usize>>,
    first: Vec<Vec<usize>>,
    /// Measure by measure.
    nobody_first: Vec<usize>,
    /// Empty for an event.
    regret: Vec<Vec<usize>>,
    /// Regime by regime within option.
    own_in: Vec<Vec<usize>>,
    difference_in: Vec<Vec<usize>>,
    /// First year of each option.
    saving: Vec<usize>,
    /// Horizon by horizon, option by option.
    own_over: Vec<Vec<usize>>,
    difference_over: Vec<Vec<usize>>,
}

impl Comparison {
    /// Most options of one comparison: more make no readable table.
    pub const MOST: usize = 12;
    /// Most figures of a future that are held at once: those of all options together, each some five kilobytes on two threads. Enough
    /// for twelve options of all forces of England and Wales over fifteen years.
    pub const MOST_FIGURES: usize = 200_000;

    /// How many options are run at once beside a baseline, where these may be as few as one, and each has about as many figures as the
    /// baseline: so many that half the room is enough.
    #[must_use]
    pub fn beside(base: &Model) -> usize {
        let each = base.catalogue().columns().len().max(1);
        (Self::MOST_FIGURES / 2 / each).saturating_sub(1).clamp(1, Self::MOST - 1)
    }

    /// Puts options side by side, the first being the baseline; `regimes` is the number of its funding regimes.
    ///
    /// # Errors
    /// Where there are fewer than two or too many.
    pub fn new(options: Vec<Model>, regimes: usize) -> Result<Self, Refused> {
        Self::over(options, regimes, &[], &[], Vec::new())
    }

    /// The same, by outcomes `asked` for besides the usual ones, and with net present value over other horizons too; `further` are the options over the longest of them where that is
    /// longer than their own, else none.
    ///
    /// # Errors
    /// Those of [`Comparison::new`].
    pub fn over(
        options: Vec<Model>,
        regimes: usize,
        asked: &[OutcomeId],
        horizons: &[OwnHorizon],
        further: Vec<Model>,
    ) -> Result<Self, Refused> {
        match options.len() {
            0 | 1 => return Err(Refused::TooFew),
            count if count > Self::MOST => return Err(Refused::TooMany(count)),
            _ => {}
        }
        check_room(options.iter().chain(&further).map(|option| option.catalogue().columns().len()).sum())?;
        let measures = Measure::fair(&options, asked);
        // Every option has every measure: those that are not common to all are no measures.
        let places = |model: &Model| measures.iter().filter_map(|m| model.catalogue().position(&m.name)).collect();
        let from = options.iter().map(places).collect();
        let savings = options.iter().map(Model::cashable_savings).collect();
        let regime = options[0].regimes();
        let years: Vec<usize> = options.iter().map(|option| option.years().len()).collect();
        let horizons: Vec<Vec<usize>> = horizons.iter().map(|horizon| horizon.each.clone()).collect();
        let (catalogue, at) = lay_out(&measures, &years, regimes, horizons.len());
        let columns = catalogue.columns().len();
        let plan = Vec::new();
        let mut all = Self {
            options,
            measures,
            from,
            savings,
            regime,
            regimes,
            horizons,
            further,
            catalogue,
            at,
            plan,
            remembered: None,
        };
        let mut plan = vec![Column::splat(f64::NAN); columns];
        let splat = |model: &Model| model.plan().iter().map(|value| Column::splat(*value)).collect::<Vec<_>>();
        let own: Vec<Vec<Column>> = all.options.iter().map(splat).collect();
        all.set_side_by_side(|o| &own[o], &mut plan);
        all.plan = plan.iter().map(|column| column[0]).collect();
        Ok(all)
    }

    /// The same with what the baseline made of blocks before, which must have been the same one, and looked at by the same measures.
    #[must_use]
    pub fn remembering(self, remembered: Arc<Remembered>) -> Self {
        Self { remembered: Some(remembered), ..self }
    }

    /// What the options are compared by.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// Works out the columns of the comparison from those of the options.
    fn set_side_by_side<'a>(&self, option: impl Fn(usize) -> &'a [Column], out: &mut [Column]) {
        let mut class = Column::default();
        let years = self.options[0].years().len();
        leading_regime(&option(0)[self.regime..self.regime + years], self.regimes, &mut class);
        for (m, measure) in self.measures.iter().enumerate() {
            let column = |o: usize| &option(o)[self.from[o][m]];
            self.rank(m, measure, column, out);
            if measure.outcome == BY_REGIME {
                self.set_by_regime(column, &class, out);
            }
        }
        for o in 0..self.options.len() {
            let (from, to) = (self.savings[o], self.at.saving[o]);
            let years = self.options[o].years().len();
            out[to..to + years].copy_from_slice(&option(o)[from..from + years]);
        }
    }

    /// Net present value over the other horizons, of the options that were run for the longest of them.
    fn set_horizons(&self, options: &[Worker<'_>], out: &mut [Column]) {
        let (mut base, mut own) = (Column::default(), Column::default());
        for (h, years) in self.horizons.iter().enumerate() {
            for (o, (option, years)) in options.iter().zip(years).enumerate() {
                option.npv_over(*years, &mut own);
                if o == 0 {
                    base = own;
                } else {
                    let apart = &mut out[self.at.difference_over[h][o - 1]];
                    (0..BLOCK).for_each(|i| apart[i] = own[i] - base[i]);
                }
                out[self.at.own_over[h][o]] = own;
            }
        }
    }

    fn rank<'a>(&self, m: usize, measure: &Measure, of: impl Fn(usize) -> &'a Column, out: &mut [Column]) {
        let columns = || (0..self.options.len()).map(&of);
        let mut best = Column::splat(f64::NEG_INFINITY);
        let mut tied = Column::default();
        for column in columns() {
            for i in 0..BLOCK {
                let merit = measure.merit(column[i]);
                tied[i] = if merit > best[i] {
                    1.0
                } else if merit >= best[i] {
                    tied[i] + 1.0
                } else {
                    tied[i]
                };
                best[i] = best[i].max(merit);
            }
        }
        let base = of(0);
        let ranked = |share: f64| if measure.better == Better::Neither { f64::NAN } else { share };
        // Where it comes under none, or is defined under none, nobody is first.
        let somebody = |best: f64| best > f64::NEG_INFINITY;
        let nobody = &mut out[self.at.nobody_first[m]];
        (0..BLOCK).for_each(|i| nobody[i] = ranked(f64::from(u8::from(!somebody(best[i])))));
        for (o, column) in columns().enumerate() {
            out[self.at.own[m][o]] = *column;
            let first = &mut out[self.at.first[m][o]];
            for i in 0..BLOCK {
                let is_first = somebody(best[i]) && measure.merit(column[i]) >= best[i];
                first[i] = ranked(if is_first { 1.0 / tied[i] } else { 0.0 });
            }
            if let Some(at) = self.at.regret[m].get(o) {
                for i in 0..BLOCK {
                    // Beside one that never comes there is no distance.
                    let short = best[i] - measure.merit(column[i]);
                    out[*at][i] = if short.is_finite() { short } else { f64::NAN };
                }
            }
            if o > 0 {
                let (apart, ahead) = (self.at.difference[m][o - 1], self.at.better[m][o - 1]);
                let behind = self.at.worse[m][o - 1];
                for i in 0..BLOCK {
                    let (mine, other) = (measure.merit(column[i]), measure.merit(base[i]));
                    out[apart][i] = column[i] - base[i];
                    let defined = !mine.is_nan() && !other.is_nan();
                    let says = |is: bool| if defined { f64::from(u8::from(is)) } else { f64::NAN };
                    out[ahead][i] = says(is_above(mine - other, 0.0));
                    out[behind][i] = says(is_above(other - mine, 0.0));
                }
            }
        }
    }

    fn set_by_regime<'a>(&self, of: impl Fn(usize) -> &'a Column, class: &Column, out: &mut [Column]) {
        for r in 0..self.regimes {
            let inside = |i: usize, value: f64| if (class[i] - r as f64).abs() < 0.5 { value } else { f64::NAN };
            for (o, column) in (0..self.options.len()).map(&of).enumerate() {
                for i in 0..BLOCK {
                    out[self.at.own_in[o][r]][i] = inside(i, column[i]);
                    if o > 0 {
                        out[self.at.difference_in[o - 1][r]][i] = inside(i, column[i] - of(0)[i]);
                    }
                }
            }
        }
    }
}

/// Whether there is room for so many figures of a future.
fn check_room(figures: usize) -> Result<(), Refused> {
    if figures <= Comparison::MOST_FIGURES { Ok(()) } else { Err(Refused::TooLarge(figures)) }
}

/// The regime of most of the years of each trial; of those that are equal, the first.
fn leading_regime(years: &[Column], regimes: usize, out: &mut Column) {
    for i in 0..BLOCK {
        let lasts = |r: usize| years.iter().filter(|year| (year[i] - r as f64).abs() < 0.5).count();
        let best = (0..regimes).rev().max_by_key(|r| lasts(*r)).unwrap_or_default();
        out[i] = best as f64;
    }
}

fn lay_out(measures: &[Measure], years: &[usize], regimes: usize, horizons: usize) -> (Catalogue, Places) {
    let (mut catalogue, mut at) = (Catalogue::default(), Places::default());
    let options = years.len();
    let mut add = |name: String, unit, tier, missing| catalogue.add(name, unit, "", tier, missing);
    for measure in measures {
        let (name, unit) = (&measure.name, measure.unit);
        let (all, others) = (0..options, 1..options);
        let tell = Tier::Headline;
        // A difference of two events is 1, 0 or −1: counted, with a mean.
        let apart = if measure.is_event() { Unit::Count } else { unit };
        at.own.push(all.clone().map(|o| add(own(o, name), unit, tell, measure.missing)).collect());
        let undefined = Missing::Undefined;
        at.difference.push(others.clone().map(|o| add(difference(o, name), apart, tell, undefined)).collect());
        at.better.push(others.clone().map(|o| add(better(o, name), Unit::Flag, tell, undefined)).collect());
        at.worse.push(others.map(|o| add(worse(o, name), Unit::Flag, tell, undefined)).collect());
        at.first.push(all.clone().map(|o| add(first(o, name), Unit::Share, Tier::Yearly, undefined)).collect());
        at.nobody_first.push(add(nobody_first(name), Unit::Share, Tier::Yearly, undefined));
        let regrets = if measure.is_event() { 0..0 } else { all };
        at.regret.push(regrets.map(|o| add(regret(o, name), unit, tell, undefined)).collect());
        if measure.outcome == BY_REGIME {
            for o in 0..options {
                at.own_in.push((0..regimes).map(|r| add(own_in(o, name, r), unit, Tier::Yearly, undefined)).collect());
                if o > 0 {
                    let apart = |r| difference_in(o, name, r);
                    at.difference_in.push((0..regimes).map(|r| add(apart(r), unit, Tier::Yearly, undefined)).collect());
                }
            }
        }
    }
    for h in 0..horizons {
        let (tell, undefined) = (Tier::Yearly, Missing::Undefined);
        let mut of = |name: fn(usize, usize) -> String, o| add(name(o, h), Unit::MillionsPresent, tell, undefined);
        at.own_over.push((0..options).map(|o| of(own_over, o)).collect());
        at.difference_over.push((1..options).map(|o| of(difference_over, o)).collect());
    }
    for (o, years) in years.iter().enumerate() {
        let yearly = |year| add(saving(o, year), Unit::Millions, Tier::Yearly, Missing::Undefined);
        at.saving.push((0..*years).map(yearly).collect::<Vec<_>>().first().copied().unwrap_or_default());
    }
    // Who gains, and which of two is ahead, are counted one by one.
    let signed = at.own.iter().chain(&at.difference).chain(&at.own_in).chain(&at.difference_in).flatten();
    signed.for_each(|column| catalogue.ask_about(*column, 0.0));
    (catalogue, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_regime_of_most_years_leads_and_of_equals_the_first() {
        // Years 0, 1, 1 → 1; 0, 0, 2 → 0; 2, 1, 0 → 0.
        let year = |values: [f64; 3]| {
            let mut column = Column::default();
            column[..3].copy_from_slice(&values);
            column
        };
        let mut class = Column::default();
        leading_regime(&[year([0.0, 0.0, 2.0]), year([1.0, 0.0, 1.0]), year([1.0, 2.0, 0.0])], 3, &mut class);
        assert_eq!(class[..3], [1.0, 0.0, 0.0]);
    }

    #[test]
    fn there_is_room_for_so_many_figures_and_for_none_more() {
        assert_eq!(check_room(Comparison::MOST_FIGURES), Ok(()));
        let told = check_room(Comparison::MOST_FIGURES + 1).expect_err("one too many").to_string();
        assert!(told.contains("200,001 figures") && told.contains("at most 200,000 are"), "{told}");
    }
}
