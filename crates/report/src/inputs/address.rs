//! An address of a scenario taken apart: whose it is, by names, and what it is of that.

use engine::uncertainty::names_of_key;

/// The parts of an address such as `alliance."Strategic alliance".area.HR.saving`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// The alliance that it names.
    pub alliance: Option<&'a str>,
    /// The business area.
    pub area: Option<&'a str>,
    /// The force whose it is.
    pub force: Option<&'a str>,
    /// The member of whose part of an area it tells.
    pub member: Option<&'a str>,
    /// The funding regime.
    pub regime: Option<&'a str>,
    /// The benefit.
    pub benefit: Option<&'a str>,
    /// What is left: `["exit", "base"]`.
    pub rest: Vec<&'a str>,
}

impl<'a> Address<'a> {
    /// Makes sense of the parts of an address.
    pub fn read(parts: &'a [String]) -> Self {
        let mut found = Self::default();
        let mut parts = parts.iter().map(String::as_str).peekable();
        while let Some(part) = parts.next() {
            let place = match part {
                "alliance" => &mut found.alliance,
                "area" => &mut found.area,
                "force" => &mut found.force,
                // The draw of regimes has no name behind it.
                "regime" if parts.peek().is_some() => &mut found.regime,
                "benefit" => &mut found.benefit,
                other => {
                    found.rest.push(other);
                    continue;
                }
            };
            *place = parts.next();
        }
        found.settle();
        found
    }

    /// Names at the end: `cost.Dorset` of an area, `consent.Dorset` of a merger.
    fn settle(&mut self) {
        match self.rest[..] {
            ["cost", member] => {
                self.member = Some(member);
                self.rest.pop();
            }
            ["merger", "consent", force] => {
                self.force = Some(force);
                self.rest = vec!["consent"];
            }
            _ => {}
        }
    }
}

/// The names of an address, whatever they hold.
pub(super) fn parts(address: &str) -> Vec<String> {
    names_of_key(address).unwrap_or_else(|| vec![address.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart_whatever_names_hold() {
        let parts_of_area = parts("alliance.\"D. & C.\".area.HR.cost.Dorset");
        let area = Address::read(&parts_of_area);
        assert_eq!((area.alliance, area.area, area.member), (Some("D. & C."), Some("HR"), Some("Dorset")));
        assert_eq!(area.rest, ["cost"]);
        let parts_of_exit = parts("alliance.K.exit.base");
        let exit = Address::read(&parts_of_exit);
        assert_eq!((exit.alliance, &exit.rest[..]), (Some("K"), &["exit", "base"][..]));
        let parts_of_consent = parts("alliance.M.merger.consent.\"Devon & Cornwall\"");
        let consent = Address::read(&parts_of_consent);
        assert_eq!((consent.force, &consent.rest[..]), (Some("Devon & Cornwall"), &["consent"][..]));
        assert_eq!(Address::read(&parts("funding.regime")).rest, ["funding", "regime"]);
        let parts_of_regime = parts("funding.regime.\"flat cash\".growth");
        let regime = Address::read(&parts_of_regime);
        let quoted = parts("force.\"King's Lynn & \\\"Fens\\\"\".budget");
        assert_eq!(Address::read(&quoted).force, Some("King's Lynn & \"Fens\""));
        assert_eq!((regime.regime, &regime.rest[..]), (Some("flat cash"), &["funding", "growth"][..]));
    }
}
