//! `[resilience]`: surges and what they cost; `[contact]`: contact management.

use super::share;
use crate::describe::Default;
use crate::reader::{Range, Reader, Spec};
use crate::suggest;
use engine::alliance::{Alliance, Contact, ContactForce, Force, Resilience};
use engine::id::{AllianceId, AreaId, ForceId};

/// Reads `[resilience]`.
pub fn resilience(r: &mut Reader<'_>) -> Resilience {
    Resilience {
        chi: r.quantity(share("chi", "Share of a partner's own worst surge of the year that coincides.").or(1.0)),
        x_max: r.quantity(Spec::new("x_max", "officers", Range::ABOVE_0, "Largest surge.").or(2500.0)),
        incident_cost: r.quantity(
            Spec::new(
                "incident_cost",
                "£m an officer, first-year prices",
                Range::FROM_0,
                "Cost of an officer called out to the year's largest surge.",
            )
            .or(0.0),
        ),
        reimbursed: r.quantity(share("reimbursed", "Share of that cost which the government pays back.").or(0.0)),
    }
}

/// Reads `[contact]`; none where the alliance or area that it names is not there.
pub fn contact(r: &mut Reader<'_>, forces: &[Force], alliances: &[Alliance]) -> Option<Contact> {
    let target_s = r.quantity(
        Spec::new("target_s", "seconds", Range::FROM_0, "Time within which a call is to be answered.").or(10.0),
    );
    let agents_saved =
        r.quantity(Spec::new("agents_saved", "share", Range::BELOW_1, "Share of agents saved by pooling.").or(0.0));
    let alliance = r.text("alliance", Default::Required, "The alliance that pools contact management.");
    let area = r.text("area", Default::Required, "Its business area that must be live before calls are pooled.");
    let contact_forces = r.tables("force", "Contact management in one force.", |r, _| contact_force(r, forces));
    if contact_forces.is_empty() {
        r.missing_part(
            "force",
            "there is no force with contact data".to_owned(),
            "Write [[contact.force]] with name, calls, aht_s and agents".to_owned(),
        );
    }
    let (alliance, area) = (alliance?, area?);
    let names: Vec<&str> = alliances.iter().map(|alliance| alliance.name.as_str()).collect();
    let Some(position) = names.iter().position(|name| *name == alliance) else {
        r.missing_part("alliance", format!("there is no alliance \"{alliance}\""), suggest::remedy(&alliance, &names));
        return None;
    };
    let names: Vec<&str> = alliances[position].areas.iter().map(|area| area.name.as_str()).collect();
    let Some(area) = names.iter().position(|name| *name == area) else {
        r.missing_part(
            "area",
            format!("there is no area \"{area}\" in \"{alliance}\""),
            suggest::remedy(&area, &names),
        );
        return None;
    };
    let forces = contact_forces.into_iter().flatten().collect();
    Some(Contact { alliance: AllianceId(position), area: AreaId(area), target_s, agents_saved, forces })
}

fn contact_force(r: &mut Reader<'_>, forces: &[Force]) -> Option<ContactForce> {
    let name = r.text("name", Default::Required, "The force's name.");
    let calls = r.quantity(Spec::new("calls", "calls", Range::FROM_0, "Calls in the busy hour."));
    let aht_s = r.quantity(Spec::new("aht_s", "seconds", Range::ABOVE_0, "Mean handling time."));
    let agents = r.whole("agents", (0, 100_000), Default::Required, "Agents on duty.");
    let name = name?;
    let names: Vec<&str> = forces.iter().map(|force| force.name.as_str()).collect();
    let position = names.iter().position(|force| *force == name);
    if position.is_none() {
        r.missing_part("name", format!("there is no force \"{name}\""), suggest::remedy(&name, &names));
    }
    Some(ContactForce { force: ForceId(position?), calls, aht_s, agents: agents? })
}
