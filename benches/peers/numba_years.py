"""The years in numba: economy, funding, what the alliance brings, appraisal and ledgers, in one pass."""

import math

import numpy as np

import columns
from distributions import NORMAL
from numba_parts import choose, compiled, draw, first, larger, progress, second, smaller, word

# Words of a year: these, then one for every two forces.
PRICES, GROWTH, REGIME, EVERY_YEAR = range(4)


def words_a_year(m):
    return EVERY_YEAR + (m.forces + 1) // 2


def spreads(sd, persistence, years):
    """Spread of what a year adds to an autoregression; year 1 starts with the spread that all years have."""
    return np.array([0.0, sd] + [sd * math.sqrt(1.0 - persistence**2)] * years)[:years]


def build(m, at, first_word):
    """Compiles the years of one scenario; its numbers become constants. `at` says what stands where in `work`."""
    YEARS, FORCES, BOOKS = m.years, m.forces, 2 * m.forces
    WORDS, REGIMES, CHOICES = words_a_year(m), len(m.regime_sd), len(m.pounds)
    GROWTHS, GRANT, BAND_D, TAX_BASE, OTHER_INCOME = at.regime_growth, at.grant, at.band_d, at.tax_base, at.other_income
    FUNDING, SPENDING, UPTAKE, DEMAND, FORCE_NPV = at.funding, at.spending, at.uptake, at.demand, at.force_npv
    RESERVES, CUTS, ALL_CUTS, LOWEST, BREACHED = at.reserves, at.cuts, at.all_cuts, at.lowest, at.breached
    SAVED, WITH_PLATFORM, WAITING = at.saved, at.saved_with_platform, at.waiting
    SPENT, SEVERED = at.spent, at.severed
    SAVING = columns.first_yearly(columns.SAVING_CASHABLE, YEARS)
    INVESTMENT = columns.first_yearly(columns.INVESTMENT, YEARS)

    inflation_mean, inflation_lasts = m.inflation_mean, m.inflation_persistence
    inflation_spread = spreads(m.inflation_sd, m.inflation_persistence, YEARS)
    pay_mean, pay_lasts = m.pay_mean, m.pay_persistence
    pay_spread = spreads(m.pay_sd, m.pay_persistence, YEARS)
    tax_base_mean, tax_base_lasts = m.tax_base_growth_mean, m.tax_base_growth_persistence
    tax_base_spread = spreads(m.tax_base_growth_sd, m.tax_base_growth_persistence, YEARS)
    with_inflation, apart = m.prices_rho, math.sqrt(1.0 - m.prices_rho**2)
    regime_known, regime_next, regime_sd, local_sd = m.regime_known, m.regime_next.ravel(), m.regime_sd, m.local_sd
    pounds_of, pounds_below, known_pounds, percent = m.pounds, m.pounds_below, m.known_pounds, m.percent
    start, yearly_team, discount = m.start, m.team, m.discount
    target_amount, target_year = m.target_amount, m.target_year
    force_share = m.share
    # Of each ledger
    share, opening = np.concatenate([m.share, np.zeros(FORCES)]), np.concatenate([m.reserves, m.reserves])
    min_reserves, max_reserves, recurrence = m.min_reserves, m.max_reserves, m.cut_recurrence

    @compiled
    def years(tables, trial, pay_share, gap_closure, shares, costs, work, out):
        workaround, realisation, attributable = shares
        overrun, severance, ict_cost, ict_length, settled = costs
        regime = 0
        inflation_off = pay_off = tax_base_off = 0.0
        index = deflator = 1.0
        npv = pv_saving = total = cumulative = deepest = payback = moved = gross = 0.0
        ict_pace = 1.0 / ict_length
        for t in range(YEARS):
            # Economy and funding (MODEL section 2); nothing grows in year 0.
            if t > 0:
                this_year = first_word + t * WORDS
                prices_word, growth_word = word(trial, this_year + PRICES), word(trial, this_year + GROWTH)
                regime_word = word(trial, this_year + REGIME)
                z = draw(tables, NORMAL, first(prices_word))
                z_pay = with_inflation * z + apart * draw(tables, NORMAL, second(prices_word))
                inflation_off = inflation_lasts * inflation_off + inflation_spread[t] * z
                pay_off = pay_lasts * pay_off + pay_spread[t] * z_pay
                z = draw(tables, NORMAL, first(growth_word))
                tax_base_off = tax_base_lasts * tax_base_off + tax_base_spread[t] * z
                following = choose(regime_next, regime * REGIMES, (regime + 1) * REGIMES, first(regime_word))
                regime = regime_known[t] if regime_known[t] >= 0 else following
                pounds = known_pounds[t]
                if math.isnan(pounds):
                    pounds = pounds_of[choose(pounds_below, 0, CHOICES, second(regime_word))]
                inflation = inflation_mean[t] + inflation_off
                prices = pay_share * (pay_mean[t] + pay_off) + (1.0 - pay_share) * inflation
                tax_base_growth = tax_base_mean[t] + tax_base_off
                grant_growth = work[GROWTHS + regime] + regime_sd[regime] * draw(tables, NORMAL, second(growth_word))
                index *= 1.0 + prices
                deflator *= 1.0 + inflation
                for f in range(FORCES):
                    local_word = word(trial, this_year + EVERY_YEAR + f // 2)
                    local = local_sd * draw(tables, NORMAL, first(local_word) if f % 2 == 0 else second(local_word))
                    work[GRANT + f] *= larger(0.01, 1.0 + grant_growth + local)
                    work[TAX_BASE + f] *= 1.0 + tax_base_growth
                    work[BAND_D + f] += work[UPTAKE + f] * larger(pounds, percent[t] * work[BAND_D + f])
                    work[OTHER_INCOME + f] *= 1.0 + inflation
                    work[SPENDING + f] *= 1.0 + prices + work[DEMAND + f]
            else:
                regime = regime_known[0]

            # What the alliance saves and spends (MODEL section 4)
            saved = work[SAVED + t + 1] - work[SAVED + t]
            saved += workaround * (work[WAITING + t + 1] - work[WAITING + t])
            saved += (1.0 - workaround) * (work[WITH_PLATFORM + t + 1] - work[WITH_PLATFORM + t])
            gross = realisation * saved * index
            additional = attributable * gross
            team = yearly_team * larger(0.0, smaller(settled, t + 1.0) - larger(start, t)) * index
            ict = ict_cost * (progress(t + 1.0 - start, ict_pace) - progress(t - start, ict_pace)) * index
            other = overrun * (work[SPENT + t + 1] - work[SPENT + t])
            other = (other + severance * realisation * (work[SEVERED + t + 1] - work[SEVERED + t])) * index
            investment = team + ict + other
            net = additional - investment

            # Appraisal (MODEL section 8)
            factor = discount[t] / deflator
            npv += net * factor
            pv_saving += additional * factor
            total += investment
            moved = larger(moved, larger(additional, investment))
            after = cumulative + net
            payback = t - cumulative / net if cumulative < 0.0 and after >= 0.0 else payback
            cumulative = after
            deepest = smaller(deepest, cumulative)
            out[SAVING + t] = gross
            out[INVESTMENT + t] = investment

            # The ledgers of every force (MODEL section 6)
            per_index = 1.0 / index
            recurring = additional - team - ict
            for f in range(FORCES):
                precept = work[TAX_BASE + f] * work[BAND_D + f] * 1e-6
                work[FUNDING + f] = work[GRANT + f] + precept + work[OTHER_INCOME + f]
                work[FORCE_NPV + f] += force_share[f] * net * factor
            for book in range(BOOKS):
                funding, spending = work[FUNDING + book % FORCES], work[SPENDING + book % FORCES]
                cut_already = work[CUTS + book] * index
                structural = funding - spending + cut_already + share[book] * recurring
                change = gap_closure * smaller(structural, cut_already)  # restored, or below 0 cut
                reserves = work[RESERVES + book] + structural - change - share[book] * other
                cuts = work[CUTS + book] - change * per_index
                floor = min_reserves * spending
                ceiling = larger(max_reserves * spending, opening[book])
                emergency = larger(floor - reserves, 0.0)
                deeper = smaller(cuts + recurrence * emergency * per_index, 0.5 * spending * per_index)
                reserves = smaller(larger(reserves, floor), ceiling)
                work[RESERVES + book] = reserves
                work[CUTS + book] = deeper if emergency > 0.0 else cuts
                work[ALL_CUTS + book] += emergency - smaller(change, 0.0)
                work[LOWEST + book] = smaller(work[LOWEST + book], reserves)
                work[BREACHED + book] = 1.0 if emergency > 0.0 else work[BREACHED + book]

        out[columns.NPV] = npv
        out[columns.PV_SAVING] = pv_saving
        out[columns.STEADY_SAVING] = gross / deflator
        out[columns.TOTAL_INVESTMENT] = total
        out[columns.PEAK_FUNDING_NEED] = -deepest
        out[columns.PAYBACK] = payback if cumulative >= 0.0 and moved > 0.0 else np.nan
        out[columns.TARGET_MET] = 1.0 if out[SAVING + target_year] >= target_amount else 0.0

    return years
