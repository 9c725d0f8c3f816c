//! Inputs grouped by what they are about: funding, delivery, governance, realisation, ICT, resilience.

/// What an input is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// Grant, council tax, pay and prices, gaps.
    Funding,
    /// When areas are live, and what implementing them costs.
    Delivery,
    /// Whether members stay, and what an ending does.
    Governance,
    /// How much of the promised savings and benefits turns up.
    Realisation,
    /// The common ICT platform.
    Ict,
    /// Surges, calls, and help between forces.
    Resilience,
}

impl Theme {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Funding, Self::Delivery, Self::Governance, Self::Realisation, Self::Ict, Self::Resilience];

    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Funding => "funding",
            Self::Delivery => "delivery",
            Self::Governance => "governance",
            Self::Realisation => "realisation",
            Self::Ict => "ICT",
            Self::Resilience => "resilience",
        }
    }

    /// The theme of a draw's key, such as `alliance."Strategic alliance".slip`.
    #[must_use]
    pub fn of(key: &str) -> Self {
        let last = key.rsplit('.').next().unwrap_or(key);
        let within = |table: &str| key.starts_with(table) || key.contains(&format!(".{table}"));
        if within("resilience") || within("surge") || within("contact") {
            return Self::Resilience;
        }
        if within("exit") || within("merger") || within("review") || last == "exit" {
            return Self::Governance;
        }
        match last {
            "ict_slip" | "ict_overrun" | "ict_ready" | "ict_capital" | "ict_share" | "workaround" | "ict_cancelled"
            | "ict_cancel_at" | "ict_cancel_cost" | "ict_stopped" => Self::Ict,
            "realisation" | "attributable" | "saving" | "noncashable" | "full_effect" | "ramp" | "overlap" => {
                Self::Realisation
            }
            "appetite" | "retained" | "unwind" | "scale_loss" | "agree" | "consent" | "minister" | "stopped" => {
                Self::Governance
            }
            "reach" | "deployable_share" | "mutual_aid" | "officers_follow_cuts" | "rate" | "alpha" => Self::Resilience,
            _ if key.starts_with("alliance.") => Self::Delivery,
            _ => Self::Funding,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_of_input_has_its_theme() {
        for (key, theme) in [
            ("funding.regime.austerity.growth", Theme::Funding),
            ("force.Dorset.uptake", Theme::Funding),
            ("economy.pay", Theme::Funding),
            ("force.Dorset.surge.rate", Theme::Resilience),
            ("resilience.chi", Theme::Resilience),
            ("alliance.\"Strategic alliance\".slip", Theme::Delivery),
            ("alliance.\"Strategic alliance\".area.HR.meetings", Theme::Delivery),
            ("alliance.\"Strategic alliance\".ict_slip", Theme::Ict),
            ("alliance.\"Strategic alliance\".realisation", Theme::Realisation),
            ("alliance.\"Strategic alliance\".area.HR.saving", Theme::Realisation),
            ("alliance.\"Strategic alliance\".exit.cost", Theme::Governance),
            ("alliance.\"Strategic alliance\".force.Dorset.exit", Theme::Governance),
            ("force.Dorset.appetite", Theme::Governance),
        ] {
            assert_eq!(Theme::of(key), theme, "{key}");
        }
    }
}
