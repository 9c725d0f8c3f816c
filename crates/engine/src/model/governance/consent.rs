//! Consent to a merger, known before the years are run, and the council tax on which it turns (MODEL sections 2 and 5).

use super::Governance;
use crate::alliance::Equalise;
use crate::model::arithmetic::lowest;
use crate::model::form::AllianceModel;
use crate::model::funding::ForceFunding;
use crate::model::lane::max;
use crate::model::parameters::Parameters;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};
use crate::uncertainty::{Stream, elementary};

impl Governance {
    /// Asks the commissioners and the minister. Consent rests on funding paths alone, so it is known beforehand.
    pub fn seek_consent(
        &mut self,
        model: &AllianceModel,
        plan: bool,
        funding: &[ForceFunding],
        isa: Isa,
        stream: &mut Stream<'_>,
    ) {
        let Some(merger) = &model.merger else { return };
        merger.own.fill(stream, &mut self.merger);
        self.vests = Column::splat(merger.vesting);
        if merger.mandated || plan {
            return;
        }
        let [target, chance, draw] = &mut *self.scratch;
        let last = funding.first().map_or(0, |f| f.band_d.len().saturating_sub(1));
        let t = (merger.decision.floor().max(0.0) as usize).min(last);
        equalised_band_d(target, merger.equalise, model, funding, t, isa);
        for (m, (chance_input, draw_input)) in merger.consent.iter().enumerate() {
            stream.fill(*chance_input, 0, chance);
            stream.fill(*draw_input, 0, draw);
            let band_d = &funding[model.members[m].force].band_d[t];
            let agrees = &mut self.members[m].agrees;
            consent(isa, &mut self.refused, agrees, chance, &self.merger.rise_aversion, target, band_d, draw);
        }
        stream.fill(merger.minister, 0, draw);
        minister(isa, &mut self.refused, draw, &self.merger.ministerial_approval);
        refuse(isa, &mut self.vests, &mut self.end, &self.refused, merger.decision);
    }
}

/// The Band D to which the members converge in year `t`.
pub(in crate::model) fn equalised_band_d(
    target: &mut Column,
    rule: Equalise,
    model: &AllianceModel,
    funding: &[ForceFunding],
    t: usize,
    isa: Isa,
) {
    let mut tax_base = Column::default();
    *target = Column::splat(match rule {
        Equalise::Highest => f64::NEG_INFINITY,
        Equalise::Lowest => f64::INFINITY,
        Equalise::Average => 0.0,
    });
    let Some(first) = model.members.first().map(|member| &funding[member.force].band_d[t]) else { return };
    for member in &model.members {
        let of = &funding[member.force];
        match rule {
            Equalise::Highest => highest(isa, target, &of.band_d[t]),
            Equalise::Lowest => lowest(isa, target, &of.band_d[t]),
            Equalise::Average => weigh(isa, target, &mut tax_base, &of.band_d[t], first, &of.tax_base[t]),
        }
    }
    if rule == Equalise::Average {
        average(isa, target, first, &tax_base);
    }
}

vectorised! {
    /// A commissioner agrees where a logistic draw is below `logit(consent) − aversion·rise/10`.
    fn consent(
        refused: &mut Column, agrees: &mut Column, chance: &Column, aversion: &Column, target: &Column, band_d: &Column, draw: &Column,
    ) {
        for i in 0..BLOCK {
            let odds = elementary::ln(chance[i] / (1.0 - chance[i])) - aversion[i] * (target[i] - band_d[i]) / 10.0;
            agrees[i] = if draw[i] < odds { 1.0 } else { 0.0 };
            refused[i] = if draw[i] < odds { refused[i] } else { 1.0 };
        }
    }

    fn minister(refused: &mut Column, draw: &Column, chance: &Column) {
        for i in 0..BLOCK {
            refused[i] = if draw[i] < chance[i] { refused[i] } else { 1.0 };
        }
    }

    fn refuse(vests: &mut Column, end: &mut Column, refused: &Column, decision: f64) {
        for i in 0..BLOCK {
            vests[i] = if refused[i] > 0.5 { f64::INFINITY } else { vests[i] };
            end[i] = if refused[i] > 0.5 { decision } else { end[i] };
        }
    }

    fn highest(target: &mut Column, x: &Column) {
        for i in 0..BLOCK {
            target[i] = max(target[i], x[i]);
        }
    }

    /// Weighs distances from the first, so that the average of what is equal is equal to it.
    fn weigh(sum: &mut Column, weights: &mut Column, x: &Column, first: &Column, weight: &Column) {
        for i in 0..BLOCK {
            sum[i] += (x[i] - first[i]) * weight[i];
            weights[i] += weight[i];
        }
    }

    fn average(sum: &mut Column, first: &Column, weights: &Column) {
        for i in 0..BLOCK {
            sum[i] = first[i] + sum[i] / weights[i];
        }
    }
}
