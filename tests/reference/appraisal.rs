//! MODEL section 8: discounting, payback, peak funding need.

use engine::alliance::Appraisal;

/// Present value, in first-year prices, of £1 spent in year `t`.
pub fn discount(appraisal: &Appraisal, t: usize, deflator: f64) -> f64 {
    let early = t.min(30) as i32;
    let late = t.saturating_sub(30) as i32;
    (1.0 + appraisal.discount).powi(-early) * (1.0 + appraisal.discount_late).powi(-late) / deflator
}

/// Running totals.
pub fn cumulative(net: &[f64]) -> Vec<f64> {
    let mut total = 0.0;
    net.iter()
        .map(|now| {
            total += now;
            // What is left of a sum that comes out even is rounding.
            if total.abs() <= 1e-9 {
                total = 0.0;
            }
            total
        })
        .collect()
}

/// The last crossing of the cumulative net from below 0, linear within the year; NaN where it never comes.
pub fn payback(savings: &[f64], investment: &[f64]) -> f64 {
    let nothing = |flows: &[f64]| flows.iter().all(|flow| *flow == 0.0);
    if nothing(savings) && nothing(investment) {
        return f64::NAN;
    }
    let net: Vec<f64> = savings.iter().zip(investment).map(|(saved, spent)| saved - spent).collect();
    let at_end = cumulative(&net);
    if at_end[at_end.len() - 1] < 0.0 {
        return f64::NAN;
    }
    let mut crossing = 0.0;
    let mut before = 0.0;
    for (t, &after) in at_end.iter().enumerate() {
        if before < 0.0 && after >= 0.0 {
            crossing = t as f64 + -before / (after - before);
        }
        before = after;
    }
    crossing
}

/// `−min(0, min cumulative net)`.
pub fn peak_funding_need(net: &[f64]) -> f64 {
    -cumulative(net).into_iter().fold(0.0, f64::min)
}
