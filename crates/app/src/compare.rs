//! Which of several scenarios is better, and for whom: all on the same draws, over one stated horizon.

use analysis::{Alignment, Refused, align};
use engine::alliance::Scenario;
use engine::model::Model;
use engine::outcomes::OutcomeId;
use engine::run;
use language::Loaded;
use report::comparison::{self, Comparison, Told};

use crate::error::Error;
use crate::refused::Field;
use crate::study::{Desk, facts};

/// What the options of a comparison are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Called {
    /// By their titles.
    Titles,
    /// Variants of one scenario, which share its title, by what they were named; the scenario by its title.
    Variants,
    /// By their names.
    Names,
}

/// Scenarios made comparable, and what was done for that.
#[derive(Debug)]
pub struct Aligned {
    /// The scenarios over the common horizon.
    pub scenarios: Vec<Scenario>,
    /// The same compiled.
    pub models: Vec<Model>,
    /// What was done.
    pub alignment: Alignment,
    /// The models over the longest horizon of any scenario, where that is longer than the one of the comparison.
    further: Vec<Model>,
}

/// Makes scenarios comparable over so many years, else the longest of their own, and compiles them.
///
/// # Errors
/// Why they cannot be compared, or do not compile.
pub fn aligned(loaded: &[Loaded], years: Option<usize>) -> Result<Aligned, Error> {
    let mut scenarios: Vec<Scenario> = loaded.iter().map(|loaded| loaded.scenario.clone()).collect();
    let alignment = align(&mut scenarios, years).map_err(|why| Field::Years.refused(why))?;
    let compiled = |scenarios: &[Scenario]| -> Result<Vec<Model>, Error> {
        let each = scenarios.iter().zip(&alignment.bases).zip(loaded);
        each.map(|((own, basis), of)| Model::compile_on(own, *basis).map_err(|error| Error::uncompiled_of(of, &error)))
            .collect()
    };
    let (models, further) = (compiled(&scenarios)?, compiled(&alignment.further)?);
    Ok(Aligned { scenarios, models, alignment, further })
}

impl Aligned {
    /// The models side by side, the baseline first, by the usual measures and those `asked` for.
    ///
    /// # Errors
    /// Why they cannot be compared.
    pub fn in_one_row(&mut self, asked: &[OutcomeId]) -> Result<analysis::Comparison, Error> {
        let Some(base) = self.scenarios.first() else { return Err(too_large(&Refused::TooFew)) };
        let (models, further) = (std::mem::take(&mut self.models), std::mem::take(&mut self.further));
        let regimes = base.funding.regimes.len();
        analysis::Comparison::over(models, regimes, asked, &self.alignment.others, further)
            .map_err(|why| too_large(&why))
    }
}

/// Why scenarios cannot be held side by side.
pub fn too_large(why: &Refused) -> Error {
    Field::Scenarios.refused(why).into()
}

/// Compares scenarios.
///
/// # Errors
/// Why there is no answer.
pub fn compared(desk: &Desk<'_>, years: Option<usize>) -> Result<Comparison, Error> {
    side_by_side(desk, years, &[], Called::Titles)
}

/// Runs scenarios on the same draws, the baseline first.
///
/// # Errors
/// Why there is no answer.
pub fn side_by_side(
    desk: &Desk<'_>,
    years: Option<usize>,
    asked: &[OutcomeId],
    called: Called,
) -> Result<Comparison, Error> {
    let mut aligned = aligned(desk.scenarios, years)?;
    let options = aligned.in_one_row(asked)?;
    let Aligned { scenarios, alignment, .. } = &aligned;
    desk.means.interrupt.begin("Running the options", desk.draws.trials);
    let (forecast, stopped) = run::run(&options, &desk.settings(), &desk.means.interrupt, None)?;
    let each = scenarios.iter().zip(desk.scenarios).map(|(own, loaded)| facts(own, loaded)).collect();
    let run = desk.ran(forecast.trials(), stopped);
    let told =
        Told { alignment, labels: labels(called, scenarios, alignment), variants: called == Called::Variants, asked };
    Ok(Comparison::build(scenarios, options.measures(), &forecast, (each, run), told))
}

fn labels(called: Called, scenarios: &[Scenario], alignment: &Alignment) -> Vec<String> {
    let named = |own: &Scenario| own.name.clone();
    match called {
        Called::Variants => {
            let base = scenarios.iter().take(1).map(|base| base.title.clone());
            base.chain(scenarios.iter().skip(1).map(named)).collect()
        }
        Called::Names => scenarios.iter().map(named).collect(),
        Called::Titles => comparison::titles(scenarios, alignment.horizon.same_forces),
    }
}
