//! MODEL section 2: economy, grant, precept, other income, expenditure, equalisation.

use alliance::alliance::{Equalise, Scenario, Series};
use alliance::uncertainty::Standard;

use super::maths::progress;
use super::source::Source;

/// Paths of one trial; by year, those of forces by force and year.
pub struct Paths {
    pub inflation: Vec<f64>,
    pub pay: Vec<f64>,
    pub tax_base_growth: Vec<f64>,
    /// What each year lets expect of the next: `i'`, `w'`, `g'`.
    pub inflation_ahead: Vec<f64>,
    pub pay_ahead: Vec<f64>,
    pub tax_base_growth_ahead: Vec<f64>,
    /// `X_t`.
    pub cost_index: Vec<f64>,
    /// `P_t`.
    pub deflator: Vec<f64>,
    /// `None` in the plan run.
    pub regime: Vec<Option<usize>>,
    pub grant: Vec<Vec<f64>>,
    pub tax_base: Vec<Vec<f64>>,
    pub band_d: Vec<Vec<f64>>,
    pub precept: Vec<Vec<f64>>,
    pub other: Vec<Vec<f64>>,
    /// Without the alliances, `E_{f,t}`.
    pub expenditure: Vec<Vec<f64>>,
}

impl Paths {
    /// `funding = grant + precept + other`, without equalisation.
    pub fn own_funding(&self, f: usize, t: usize) -> f64 {
        self.grant[f][t] + self.precept[f][t] + self.other[f][t]
    }
}

/// All paths of section 2 but equalisation.
pub fn paths(scenario: &Scenario, source: &dyn Source, is_plan: bool) -> Paths {
    let economy = &scenario.economy;
    let s = source.quantity(&economy.pay_share);
    let (inflation, inflation_ahead) = series(scenario, &economy.inflation, source);
    let (pay, pay_ahead) = series(scenario, &economy.pay, source);
    let (tax_base_growth, tax_base_growth_ahead) = series(scenario, &economy.tax_base_growth, source);

    let mut cost_index = vec![1.0];
    let mut deflator = vec![1.0];
    for t in 1..scenario.years {
        cost_index.push(cost_index[t - 1] * (1.0 + s * pay[t] + (1.0 - s) * inflation[t]));
        deflator.push(deflator[t - 1] * (1.0 + inflation[t]));
    }

    let regime = if is_plan { vec![None; scenario.years] } else { regimes(scenario, source) };
    let national = national_growth(scenario, source, &regime);
    let mut all = Paths {
        inflation,
        pay,
        tax_base_growth,
        inflation_ahead,
        pay_ahead,
        tax_base_growth_ahead,
        cost_index,
        deflator,
        regime,
        grant: Vec::new(),
        tax_base: Vec::new(),
        band_d: Vec::new(),
        precept: Vec::new(),
        other: Vec::new(),
        expenditure: Vec::new(),
    };
    for f in 0..scenario.forces.len() {
        force_paths(scenario, source, f, s, &national, &mut all);
    }
    all
}

/// `x_t = mean_t + e_t`, a stationary AR(1) around its mean path, and what each year lets expect of the next.
fn series(scenario: &Scenario, series: &Series, source: &dyn Source) -> (Vec<f64>, Vec<f64>) {
    let sd = source.quantity(&series.sd);
    let persistence = source.quantity(&series.persistence);
    let mut e = 0.0;
    let mean = |t: usize| source.quantity(&series.mean[t.min(series.mean.len() - 1)]);
    let (mut x, mut ahead) = (Vec::new(), Vec::new());
    for t in 0..scenario.years {
        if t >= 1 {
            let z = source.standard_yearly(&series.key, Standard::Normal, 0.0, calendar(scenario, t));
            e = if t == 1 { sd * z } else { persistence * e + sd * (1.0 - persistence * persistence).sqrt() * z };
        }
        x.push(mean(t) + e);
        ahead.push(mean(t + 1) + persistence * e);
    }
    (x, ahead)
}

/// The calendar year in which year `t` starts.
pub fn calendar(scenario: &Scenario, t: usize) -> i32 {
    scenario.first_year.0 + t as i32
}

/// The regime that is imposed in year `t`, if any.
pub fn known_regime(scenario: &Scenario, t: usize) -> Option<usize> {
    scenario.funding.known.get(&scenario.first_year.plus(t as i32)).copied()
}

/// The Markov chain of national regimes.
fn regimes(scenario: &Scenario, source: &dyn Source) -> Vec<Option<usize>> {
    let mut now = known_regime(scenario, 0).unwrap_or(scenario.funding.initial);
    let mut path = vec![Some(now)];
    for t in 1..scenario.years {
        let row = &scenario.funding.regimes[now].next;
        let u = source.standard_yearly("funding.regime", Standard::Uniform, 0.5, calendar(scenario, t));
        let mut next = row.len() - 1;
        let mut cumulative = 0.0;
        for (j, chance) in row.iter().enumerate() {
            cumulative += chance;
            if u < cumulative {
                next = j;
                break;
            }
        }
        now = known_regime(scenario, t).unwrap_or(next);
        path.push(Some(now));
    }
    path
}

/// `Σ_r P(r_t = r)·growth[r]` given the known years, of the year after the last too.
pub fn expected_growth(scenario: &Scenario, source: &dyn Source) -> Vec<f64> {
    let regimes = &scenario.funding.regimes;
    let certain = |r: usize| (0..regimes.len()).map(|j| if j == r { 1.0 } else { 0.0 }).collect::<Vec<f64>>();
    let mut chance = certain(known_regime(scenario, 0).unwrap_or(scenario.funding.initial));
    let mut growth = Vec::new();
    for t in 0..=scenario.years {
        if t >= 1 {
            let mut next = vec![0.0; regimes.len()];
            for (from, regime) in regimes.iter().enumerate() {
                for (to, p) in regime.next.iter().enumerate() {
                    next[to] += chance[from] * p;
                }
            }
            chance = known_regime(scenario, t).map_or(next, certain);
        }
        growth.push(regimes.iter().zip(&chance).map(|(r, p)| p * source.quantity(&r.growth)).sum());
    }
    growth
}

/// Growth of grant that all forces share: `growth[r_t] + sd[r_t]·z_t`, or the expected growth in the plan run.
fn national_growth(scenario: &Scenario, source: &dyn Source, regime: &[Option<usize>]) -> Vec<f64> {
    let expected = expected_growth(scenario, source);
    (0..scenario.years)
        .map(|t| match regime[t] {
            None => expected[t],
            Some(r) => {
                let regime = &scenario.funding.regimes[r];
                let z = if t == 0 {
                    0.0
                } else {
                    source.standard_yearly("funding.grant_shock", Standard::Normal, 0.0, calendar(scenario, t))
                };
                source.quantity(&regime.growth) + source.quantity(&regime.sd) * z
            }
        })
        .collect()
}

/// Grant, precept, other income and expenditure of one force.
fn force_paths(scenario: &Scenario, source: &dyn Source, f: usize, s: f64, national: &[f64], all: &mut Paths) {
    let force = &scenario.forces[f];
    let local_sd = source.quantity(&scenario.funding.local_sd);
    let uptake = source.quantity(&force.uptake);
    let demand_growth = source.quantity(&force.demand_growth);

    let mut grant = vec![force.budget.value * force.grant_share.value];
    let mut tax_base = vec![force.tax_base.value];
    let mut band_d = vec![force.band_d.value];
    let precept_0 = tax_base[0] * band_d[0] / 1e6;
    let mut precept = vec![precept_0];
    let mut other = vec![(force.budget.value - grant[0] - precept_0).max(0.0)];
    let mut expenditure = vec![force.budget.value * (1.0 + source.quantity(&force.opening_gap))];
    for t in 1..scenario.years {
        let year = calendar(scenario, t);
        let z = source.standard_yearly(&format!("{}.grant_shock", force.key), Standard::Normal, 0.0, year);
        grant.push(grant[t - 1] * (1.0 + national[t] + local_sd * z).max(0.01));
        tax_base.push(tax_base[t - 1] * (1.0 + all.tax_base_growth[t]));
        let (pounds, percent) = limit(scenario, source, t);
        band_d.push(band_d[t - 1] + uptake * f64::max(pounds, percent * band_d[t - 1]));
        precept.push(tax_base[t] * band_d[t] / 1e6);
        other.push(other[t - 1] * (1.0 + all.inflation[t]));
        let growth = s * all.pay[t] + (1.0 - s) * all.inflation[t] + demand_growth;
        expenditure.push(expenditure[t - 1] * (1.0 + growth));
    }
    all.grant.push(grant);
    all.tax_base.push(tax_base);
    all.band_d.push(band_d);
    all.precept.push(precept);
    all.other.push(other);
    all.expenditure.push(expenditure);
}

/// The referendum limit of year `t`: pounds at Band D, and a fraction of last year's.
fn limit(scenario: &Scenario, source: &dyn Source, t: usize) -> (f64, f64) {
    let limit = &scenario.economy.limit;
    if let Some(known) = limit.known.get(&scenario.first_year.plus(t as i32)) {
        return (known.pounds, known.percent);
    }
    let year = calendar(scenario, t);
    (source.yearly(&limit.pounds, year), source.yearly(&limit.percent, year))
}

/// Band D to which the members of a merger converge in year `t`.
pub fn equalisation_target(paths: &Paths, members: &[usize], rule: Equalise, t: usize) -> f64 {
    let own = members.iter().map(|&f| paths.band_d[f][t]);
    match rule {
        Equalise::Highest => own.fold(f64::NEG_INFINITY, f64::max),
        Equalise::Lowest => own.fold(f64::INFINITY, f64::min),
        Equalise::Average => {
            let raised: f64 = members.iter().map(|&f| paths.tax_base[f][t] * paths.band_d[f][t]).sum();
            let base: f64 = members.iter().map(|&f| paths.tax_base[f][t]).sum();
            raised / base
        }
    }
}

/// `d* − d` of each member of a vested merger in year `t`, £ at Band D.
pub fn equalisation_change(
    paths: &Paths,
    members: &[usize],
    rule: Equalise,
    years: f64,
    vesting: f64,
    t: usize,
) -> Vec<f64> {
    let target = equalisation_target(paths, members, rule, t);
    let converged = progress(t as f64 + 1.0 - vesting, years);
    members.iter().map(|&f| (target - paths.band_d[f][t]) * converged).collect()
}
