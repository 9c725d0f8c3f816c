"""The areas of the alliance in numba: when each is live, what all of them save and cost (MODEL sections 3 and 4)."""

from numba_parts import compiled, draw, first, larger, progress, ramped, second, word


def build(m, at, first_word):
    """Compiles the programme of one scenario; its numbers become constants. `at` says what stands where in `work`."""
    AREAS, FIRST_ICT, BOUNDARIES = m.areas, m.first_ict, m.years + 1
    SAVED, WITH_PLATFORM, WAITING = at.saved, at.saved_with_platform, at.waiting
    SPENT, SEVERED, COUNTING = at.spent, at.severed, at.counting
    start, board_cycle = m.start, m.board_cycle
    cost, saving, area_slip = m.area_cost, m.area_saving, m.area_slip
    submit, consultation_of, implement = m.area_submit, m.area_consultation, m.area_implement
    oneoff, ramps = m.area_oneoff, m.area_ramp

    @compiled
    def programme(tables, trial, slip, consultation, platform, work):
        """Adds up, for each boundary between years, what there has been until then; returns when the last area is live.

        Everything is a share of a ramp or of a stretch of time: a year has what there is at its end and was not at its
        beginning. All that an area brings is added in one loop, since short ones do not become vector instructions.
        """
        for i in range(SAVED, COUNTING):
            work[i] = 0.0
        for t in range(BOUNDARIES):
            work[COUNTING + t] = larger(float(t), platform)
        settled = start
        for a in range(AREAS):
            w = word(trial, first_word + a)
            worth = cost[a] * draw(tables, saving[a], first(w))
            length = implement[a] * draw(tables, area_slip[a], second(w))
            begun = start + submit[a] * slip + board_cycle + consultation + consultation_of[a]
            live = begun + length
            settled = larger(settled, live)
            pace, once, ramp = 1.0 / length, oneoff[a], ramps[a]
            slope = 0.5 / ramp
            if a < FIRST_ICT:
                for t in range(BOUNDARIES):
                    work[SPENT + t] += once * progress(t - begun, pace)
                    work[SEVERED + t] += worth * progress(t - live, 1.0)
                    work[SAVED + t] += worth * ramped(t - live, ramp, slope)
            else:
                for t in range(BOUNDARIES):
                    work[SPENT + t] += once * progress(t - begun, pace)
                    work[SEVERED + t] += worth * progress(t - live, 1.0)
                    work[WAITING + t] += worth * ramped(t - live, ramp, slope)
                    work[WITH_PLATFORM + t] += worth * ramped(work[COUNTING + t] - live, ramp, slope)
        return settled

    return programme
