"""Economy and funding in NumPy (MODEL section 2): all that no alliance changes, a column of trials at a time."""

import numpy as np


class Funding:
    """The paths of one chunk: indices by year, funding and spending by year and force."""

    def __init__(self, m, draws, trials, pay_share, regime_growth, opening_gap, uptake):
        self.m, self.draws, self.trials = m, draws, trials
        z_inflation, z_pay, z_tax_base, z_grant = draws.normals(4, m.years - 1, trials)
        z_pay *= np.sqrt(1.0 - m.prices_rho**2)
        z_pay += m.prices_rho * z_inflation
        inflation = series(m.inflation_mean, m.inflation_sd, m.inflation_persistence, z_inflation)
        pay = series(m.pay_mean, m.pay_sd, m.pay_persistence, z_pay)
        pay -= inflation
        prices = inflation + pay_share * pay
        persistence = m.tax_base_growth_persistence
        tax_base_growth = series(m.tax_base_growth_mean, m.tax_base_growth_sd, persistence, z_tax_base)
        self.index, self.deflator = compound(prices), compound(inflation)
        self.spending = self.spend(prices, opening_gap)
        self.funding = self.fund(inflation, tax_base_growth, self.grant_growth(regime_growth, z_grant), uptake)

    def grant_growth(self, regime_growth, z):
        """National growth of grant from year 1 on: regimes follow one another by chance. Overwrites the shocks `z`."""
        m, trial = self.m, np.arange(self.trials)
        regime = np.full(self.trials, m.regime_known[0])
        for t in range(1, m.years):
            if m.regime_known[t] >= 0:
                regime = np.full(self.trials, m.regime_known[t])
            else:
                u = self.draws.uniforms(self.trials)
                regime = sum((u >= below.take(regime)).astype(np.int64) for below in m.regime_next.T[:-1])
            z[t - 1] *= m.regime_sd.take(regime)
            z[t - 1] += regime_growth.take(regime * self.trials + trial)
        return z

    def spend(self, prices, opening_gap):
        """Spending without the alliance, by year and force."""
        m = self.m
        common, *own = self.draws.normals(1 + m.forces, self.trials)
        demand = np.sqrt(m.demand_rho) * common + np.sqrt(1.0 - m.demand_rho) * np.array(own)
        demand = m.demand_mean[:, None] + m.demand_sd[:, None] * demand
        spending = np.empty((m.years, m.forces, self.trials))
        spending[0] = m.budget[:, None] * (1.0 + opening_gap)
        for t in range(1, m.years):
            np.multiply(spending[t - 1], 1.0 + prices[t - 1] + demand, out=spending[t])
        return spending

    def fund(self, inflation, tax_base_growth, grant_growth, uptake):
        """Grant, council tax and other income together, by year and force."""
        m = self.m
        local = self.draws.normals(m.years - 1, m.forces, self.trials)
        local *= m.local_sd
        facts = (m.grant, m.tax_base * 1e-6, m.band_d, m.other_income)
        grant, tax_base, band_d, other = (np.repeat(fact[:, None], self.trials, axis=1) for fact in facts)
        funding = np.empty((m.years, m.forces, self.trials))
        funding[0] = grant + tax_base * band_d + other
        for t in range(1, m.years):
            growth = local[t - 1]
            growth += 1.0 + grant_growth[t - 1]
            grant *= np.maximum(growth, 0.01, out=growth)
            tax_base *= 1.0 + tax_base_growth[t - 1]
            band_d += uptake * np.maximum(self.pounds(t), m.percent[t] * band_d)
            other *= 1.0 + inflation[t - 1]
            np.multiply(tax_base, band_d, out=funding[t])
            funding[t] += grant
            funding[t] += other
        return funding

    def pounds(self, t):
        """The referendum limit in pounds: known, or drawn."""
        m = self.m
        if not np.isnan(m.known_pounds[t]):
            return m.known_pounds[t]
        return m.pounds.take(self.draws.choices(m.pounds_below, self.trials))


def series(mean, sd, persistence, z):
    """An autoregression around its mean path from year 1 on; overwrites the normals that it is made of."""
    z[0] *= sd
    z[1:] *= sd * np.sqrt(1.0 - persistence**2)
    for t in range(1, len(z)):
        z[t] += persistence * z[t - 1]
    z += mean[1:, None]
    return z


def compound(rates):
    """An index that is 1 in year 0 and grows by the rates of the years that follow."""
    index = np.ones((len(rates) + 1, rates.shape[1]))
    np.add(rates, 1.0, out=index[1:])
    return np.cumprod(index, axis=0, out=index)
