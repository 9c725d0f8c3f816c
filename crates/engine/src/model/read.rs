//! Readings of draws: the numbers that the model makes of them, block by block.

use super::arithmetic::{add, add_scaled};
use super::delivery::count_meetings;
use super::economy;
use super::form::{Compiled, SeriesModel};
use super::funding::NationalGrant;
use super::parameters::Parameters;
use super::reading::{ModelInput, National, Reading};
use super::resilience::Cover;
use super::{Model, Worker};
use crate::id::{AllianceId, ForceId};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};
use crate::uncertainty::{Input, Stream};

impl Model {
    /// What each draw is, in the order of [`Draws::info`](crate::uncertainty::Draws::info).
    #[must_use]
    pub fn inputs(&self) -> &[ModelInput] {
        &self.compiled.inputs
    }

    /// The correlation of the draws that are in correlation number `correlation`, where it is the same for all of them.
    #[must_use]
    pub fn rho(&self, correlation: usize) -> Option<f64> {
        self.compiled.rhos.get(correlation).copied().flatten()
    }

    /// Fills `out` with a reading of draw number `position` in the stream's block. What is known only once the trial was run is left
    /// as it is: [`Worker::lived`] tells that.
    pub fn read(&self, position: usize, reading: Reading, isa: Isa, stream: &mut Stream<'_>, out: &mut Column) {
        let model = &self.compiled;
        let mut draw = Column::default();
        match reading {
            Reading::Number => {
                let yearly = model.draws.info()[position].yearly;
                let years: Vec<i32> = if yearly { self.years().collect() } else { vec![0] };
                *out = Column::default();
                for year in &years {
                    stream.fill(Input::Drawn(position), *year, &mut draw);
                    add(isa, out, &draw);
                }
                out.iter_mut().for_each(|x| *x /= years.len() as f64);
            }
            Reading::Approved(k, a) => {
                let area = &model.alliances[k.0].areas[a.0];
                happens(isa, stream, area.approved, area.own.approve, out);
            }
            Reading::Meetings(k, a) => {
                let alliance = &model.alliances[k.0];
                stream.fill(alliance.own.agree, 0, &mut draw);
                stream.fill(alliance.areas[a.0].meetings, 0, out);
                count_meetings(alliance, &draw, out, isa);
            }
            Reading::MinisterApproves(k) => {
                if let Some(merger) = &model.alliances[k.0].merger {
                    happens(isa, stream, merger.minister, merger.own.ministerial_approval, out);
                }
            }
            Reading::YearsIn(regime) => {
                let mut grant = NationalGrant::new(model.years, model.funding.regimes.len());
                grant.draw(&model.funding, false, model.first_year, isa, stream);
                *out = Column::default();
                grant.regime.iter().for_each(|now| count_regime(isa, out, now, regime as f64));
            }
            Reading::LargestSurge(f) => surges(model, f, isa, stream, out, |out, now| largest(isa, out, now)),
            Reading::MeanSurge(f) => {
                let part = 1.0 / model.years as f64;
                surges(model, f, isa, stream, out, |out, now| add_scaled(isa, out, now, part));
            }
            Reading::Above(National::Inflation) => above(model, &model.economy.inflation, isa, stream, out),
            Reading::Above(National::Pay) => above(model, &model.economy.pay, isa, stream, out),
            Reading::Above(National::TaxBase) => above(model, &model.economy.tax_base_growth, isa, stream, out),
            Reading::Above(National::Grant) => grant_above(model, isa, stream, out),
            Reading::GrantAbove(f) => {
                let mut sd = Column::default();
                stream.fill(model.funding.local_sd, 0, &mut sd);
                mean_of_years(model, out, |year, now| {
                    stream.fill(model.forces[f.0].shock, year, &mut draw);
                    scale(isa, now, &sd, &draw);
                });
            }
            Reading::IctStopped(k) => {
                let alliance = &model.alliances[k.0];
                if let Some(draw) = alliance.ict_stopped {
                    happens(isa, stream, draw, alliance.own.ict_cancelled, out);
                }
            }
            Reading::Agrees(..) | Reading::Leaves(..) | Reading::Stopped(_) => {}
        }
    }
}

impl Worker<'_> {
    /// A reading that is known only once the trial was run, of the block that was run last; missing for every other.
    #[must_use]
    pub fn lived(&self, reading: Reading) -> Column {
        let member = |k: AllianceId, f: ForceId| {
            let place = self.model.compiled.alliances[k.0].members.iter().position(|member| member.force == f.0)?;
            Some((&self.block.governance[k.0].members[place], self.model.compiled.alliances[k.0].merger.is_some()))
        };
        let found = match reading {
            Reading::Agrees(k, f) => member(k, f).map(|(state, _)| state.agrees),
            Reading::Leaves(k, f) => member(k, f).map(|(state, merger)| {
                let mut gone = state.withdrew;
                if !merger {
                    gave_notice(self.isa, &mut gone, &state.notice);
                }
                gone
            }),
            Reading::Stopped(k) => {
                let mut stopped = Column::default();
                gave_notice(self.isa, &mut stopped, self.block.programmes[k.0].stopped().0);
                Some(stopped)
            }
            _ => None,
        };
        found.unwrap_or_else(|| Column::splat(f64::NAN))
    }
}

/// 1 where a uniform draw is below a chance.
fn happens(isa: Isa, stream: &mut Stream<'_>, draw: Input, chance: Input, out: &mut Column) {
    let mut below = Column::default();
    stream.fill(draw, 0, out);
    stream.fill(chance, 0, &mut below);
    is_below(isa, out, &below);
}

/// Joins the surges of a force in every year.
pub(super) fn surges(
    model: &Compiled,
    force: ForceId,
    isa: Isa,
    stream: &mut Stream<'_>,
    out: &mut Column,
    mut join: impl FnMut(&mut Column, &Column),
) {
    *out = Column::default();
    let Some(surge) = &model.forces[force.0].surge else { return };
    let (mut cover, mut common, mut draw) = (Cover::new(), Default::default(), Column::default());
    model.resilience.fill(stream, &mut common);
    surge.own.fill(stream, &mut cover.own);
    cover.open(isa);
    let prices = Column::splat(1.0);
    for t in 0..model.years {
        stream.fill(surge.draw, model.first_year + t as i32, &mut draw);
        cover.meet_surge(&common, &draw, &prices, isa);
        join(out, &cover.surge);
    }
}

/// Mean over the years after the first of a series less what is expected of it.
fn above(model: &Compiled, series: &SeriesModel, isa: Isa, stream: &mut Stream<'_>, out: &mut Column) {
    // Around a mean of 0 it is what it lies above its own.
    let around = SeriesModel { mean: vec![Input::Fixed(0.0)], ..series.clone() };
    let mut path = vec![Column::default(); model.years];
    economy::series(&around, model.first_year, isa, stream, &mut Default::default(), &mut path);
    let mut path = path.into_iter();
    mean_of_years(model, out, |_, now| *now = path.next().unwrap_or_default());
}

/// Mean over the years after the first of the growth of grant less that of the year's regime.
fn grant_above(model: &Compiled, isa: Isa, stream: &mut Stream<'_>, out: &mut Column) {
    let mut grant = NationalGrant::new(model.years, model.funding.regimes.len());
    grant.draw(&model.funding, false, model.first_year, isa, stream);
    let mut t = 0;
    mean_of_years(model, out, |_, now| {
        grant.above_regime(now, t, isa);
        t += 1;
    });
}

/// Mean over the years after the first, in which nothing is drawn, of what `fill` gives for each calendar year.
fn mean_of_years(model: &Compiled, out: &mut Column, mut fill: impl FnMut(i32, &mut Column)) {
    *out = Column::default();
    let mut now = Column::default();
    for t in 0..model.years {
        fill(model.first_year + t as i32, &mut now);
        if t > 0 {
            let part = 1.0 / (model.years - 1) as f64;
            out.iter_mut().zip(now.iter()).for_each(|(sum, x)| *sum += x * part);
        }
    }
}

vectorised! {
    fn is_below(x: &mut Column, chance: &Column) {
        for i in 0..BLOCK {
            x[i] = if x[i] < chance[i] { 1.0 } else { 0.0 };
        }
    }

    fn count_regime(count: &mut Column, regime: &Column, which: f64) {
        for i in 0..BLOCK {
            count[i] += if (regime[i] - which).abs() < 0.5 { 1.0 } else { 0.0 };
        }
    }

    fn largest(out: &mut Column, x: &Column) {
        for i in 0..BLOCK {
            out[i] = if x[i] > out[i] { x[i] } else { out[i] };
        }
    }

    fn scale(out: &mut Column, by: &Column, x: &Column) {
        for i in 0..BLOCK {
            out[i] = by[i] * x[i];
        }
    }

    fn gave_notice(out: &mut Column, notice: &Column) {
        for i in 0..BLOCK {
            out[i] = if notice[i] < f64::INFINITY { 1.0 } else { 0.0 };
        }
    }
}
