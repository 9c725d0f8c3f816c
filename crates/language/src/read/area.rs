//! `[[alliance.area]]`: a business area, also a line of a CSV file.

use super::{factor, money, share, years};
use crate::describe::Default;
use crate::reader::{Names, Range, Reader, Share, Spec};
use crate::tree::Node;
use engine::alliance::{Area, AreaCost};

/// An area whose predecessors are still names.
pub struct NamedArea {
    /// The area, `after` empty.
    pub area: Area,
    /// The names of the areas that must be live first.
    pub after: Vec<(String, Node)>,
}

/// Reads an area.
pub fn area(r: &mut Reader<'_>, members: &Names) -> NamedArea {
    let name = r.text("name", Default::Required, "Its name, unique in the alliance.").unwrap_or_default();
    r.draws_as("Borrow the draws of the area so named, or of a whole address such as alliance.\"Old\".area.Finance.");
    let cost = money(
        "cost",
        "In-scope cost a year: a total, split over the members by budget, or a table with each member's.",
    );
    let area = Area {
        key: r.key.clone(),
        cost: match r.by_name(cost, members) {
            Share::All(total) => AreaCost::Total(total),
            Share::Each(each) => AreaCost::ByMember(each),
        },
        saving: r.quantity(Spec::new(
            "saving",
            "share of cost",
            Range::AT_MOST_1,
            "Cashable saving a year when fully live.",
        )),
        noncashable: r.quantity(
            Spec::new("noncashable", "share of cost", Range::ANY, "Non-cashable saving a year when fully live.")
                .or(0.0),
        ),
        submit: r.quantity(years("submit", "When the business case is submitted, in programme time.")),
        implement: r.quantity(years("implement", "How long implementation takes.")),
        slip: r.quantity(factor("slip", "Lateness of implementation: factor on its length.")),
        approve: r.quantity(share("approve", "Chance that the business case is not dropped.").or(1.0)),
        consultation: r
            .quantity(years("consultation", "Consultation of this area's staff besides the alliance's.").or(0.0)),
        oneoff: r.quantity(money("oneoff", "One-off cost of implementation.").or(0.0)),
        running: r.quantity(money("running", "Cost a year of running it, from the day on which it is live.").or(0.0)),
        ramp: r.quantity(years("ramp", "From live to full saving.").or(0.0)),
        needs_ict: r.flag("needs_ict", "Whether the full saving waits for the common ICT platform."),
        operational: r.flag("operational", "Whether its officers can help a partner in a surge."),
        after: Vec::new(),
        priority: r.plain(
            Spec::new("priority", "", Range::ANY, "Where delivery slots are short, smaller goes first.").or(0.0),
        ),
        name,
    };
    NamedArea {
        area,
        after: r.texts("after", Default::Word("none"), "Areas of the same alliance that must be live first."),
    }
}
