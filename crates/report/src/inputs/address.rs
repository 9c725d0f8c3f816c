//! An address of a scenario taken apart: whose it is, by names, and what it is of that.

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
    /// Takes an address apart.
    pub fn read(address: &'a str) -> Self {
        let mut found = Self::default();
        let parts = parts(address);
        let mut parts = parts.into_iter().peekable();
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

/// The parts between dots, without the quotes in which a part may hold dots.
fn parts(address: &str) -> Vec<&str> {
    let (mut parts, mut from, mut quoted) = (Vec::new(), 0, false);
    for (at, letter) in address.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '.' if !quoted => {
                parts.push(&address[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&address[from..]);
    parts.into_iter().map(|part| part.trim_matches('"')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart_whatever_names_hold() {
        let area = Address::read("alliance.\"D. & C.\".area.HR.cost.Dorset");
        assert_eq!((area.alliance, area.area, area.member), (Some("D. & C."), Some("HR"), Some("Dorset")));
        assert_eq!(area.rest, ["cost"]);
        let exit = Address::read("alliance.K.exit.base");
        assert_eq!((exit.alliance, &exit.rest[..]), (Some("K"), &["exit", "base"][..]));
        let consent = Address::read("alliance.M.merger.consent.\"Devon & Cornwall\"");
        assert_eq!((consent.force, &consent.rest[..]), (Some("Devon & Cornwall"), &["consent"][..]));
        assert_eq!(Address::read("funding.regime").rest, ["funding", "regime"]);
        let regime = Address::read("funding.regime.\"flat cash\".growth");
        assert_eq!((regime.regime, &regime.rest[..]), (Some("flat cash"), &["funding", "growth"][..]));
    }
}
