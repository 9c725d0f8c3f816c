//! What others took of the processors while this program was measured: other machines, other programs.

use std::path::Path;

use foreign::files;

/// Time of all processors since the machine started, in ticks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Processors {
    /// Asked for: worked, and stolen.
    asked: f64,
    /// Asked for, and given to other machines by the host.
    stolen: f64,
    /// Worked for this program.
    own: f64,
}

impl Processors {
    /// As the system says now; `None` where it does not.
    pub fn now() -> Option<Self> {
        let read = |path: &str| files::read_text(Path::new(path), files::SCENARIO).ok();
        Self::read(&read("/proc/stat")?, &read("/proc/self/stat")?)
    }

    /// From Linux's `/proc/stat`: user, nice, system, idle, waiting, interrupts, soft interrupts, stolen; and `/proc/self/stat`, of which
    /// the twelfth and thirteenth numbers after the program's name are its own time.
    fn read(all: &str, own: &str) -> Option<Self> {
        let ticks: Vec<f64> =
            all.lines().next()?.strip_prefix("cpu ")?.split_whitespace().map_while(|x| x.parse().ok()).collect();
        let [user, nice, system, _, _, interrupts, soft, stolen, ..] = ticks[..] else { return None };
        let mut times = own.rsplit_once(')')?.1.split_whitespace().skip(11).map_while(|x| x.parse::<f64>().ok());
        let own = times.next()? + times.next()?;
        Some(Self { asked: user + nice + system + interrupts + soft + stolen, stolen, own })
    }

    /// The share of what was asked for since `before` that others took.
    pub fn stolen_since(self, before: Self) -> Option<f64> {
        let asked = self.asked - before.asked;
        (asked > 0.0).then(|| (self.stolen - before.stolen) / asked)
    }

    /// The share that other programs of this machine worked.
    pub fn others_since(self, before: Self) -> Option<f64> {
        let asked = self.asked - before.asked;
        let others = asked - (self.stolen - before.stolen) - (self.own - before.own);
        (asked > 0.0).then(|| (others / asked).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::Processors;

    #[test]
    fn stolen_time_is_a_share_of_what_was_asked_for() {
        let own = |user: u32, system: u32| format!("7 (a (b) c) R 1 2 3 4 5 6 7 8 9 10 {user} {system} 0 0 20");
        let before = Processors::read("cpu  100 10 20 5000 7 1 2 30 0 0\ncpu0 …", &own(40, 5)).expect("read");
        // Asked for: 70 of user, 30 stolen; idle and waiting time is not asked for. Of the 70, 50 are its own.
        let after = Processors::read("cpu  170 10 20 9000 9 1 2 60 0 0", &own(85, 10)).expect("read");
        assert!((after.stolen_since(before).expect("some time") - 0.3).abs() < 1e-12);
        assert!((after.others_since(before).expect("some time") - 0.2).abs() < 1e-12);
        assert_eq!(before.stolen_since(before), None);
        assert_eq!(Processors::read("cpu  100 10 20", &own(1, 1)), None);
        assert_eq!(Processors::read("cpu  170 10 20 9000 9 1 2 60 0 0", "7 (a) R 1"), None);
        assert_eq!(Processors::read("", ""), None);
    }
}
