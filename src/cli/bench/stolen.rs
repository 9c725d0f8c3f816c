//! What other machines on the same processors took from this one while it was measured.

/// Time of all processors since the machine started, in ticks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Processors {
    /// Asked for: worked, and stolen.
    asked: f64,
    /// Asked for, and given to other machines by the host.
    stolen: f64,
}

impl Processors {
    /// As the system says now; `None` where it does not.
    pub fn now() -> Option<Self> {
        Self::read(&std::fs::read_to_string("/proc/stat").ok()?)
    }

    /// From Linux's `/proc/stat`: user, nice, system, idle, waiting, interrupts, soft interrupts, stolen.
    fn read(text: &str) -> Option<Self> {
        let ticks: Vec<f64> =
            text.lines().next()?.strip_prefix("cpu ")?.split_whitespace().map_while(|x| x.parse().ok()).collect();
        let [user, nice, system, _, _, interrupts, soft, stolen, ..] = ticks[..] else { return None };
        Some(Self { asked: user + nice + system + interrupts + soft + stolen, stolen })
    }

    /// The share of what was asked for since `before` that others took.
    pub fn stolen_since(self, before: Self) -> Option<f64> {
        let asked = self.asked - before.asked;
        (asked > 0.0).then(|| (self.stolen - before.stolen) / asked)
    }
}

#[cfg(test)]
mod tests {
    use super::Processors;

    #[test]
    fn stolen_time_is_a_share_of_what_was_asked_for() {
        let before = Processors::read("cpu  100 10 20 5000 7 1 2 30 0 0\ncpu0 …").expect("read");
        // Asked for: 70 of user, 30 stolen; idle and waiting time is not asked for.
        let after = Processors::read("cpu  170 10 20 9000 9 1 2 60 0 0").expect("read");
        assert!((after.stolen_since(before).expect("some time") - 0.3).abs() < 1e-12);
        assert_eq!(before.stolen_since(before), None);
        assert_eq!(Processors::read("cpu  100 10 20"), None);
        assert_eq!(Processors::read(""), None);
    }
}
