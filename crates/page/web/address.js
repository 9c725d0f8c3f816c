// The address of what is shown: kept while things change, followed where one is opened, compared with what was sent.
'use strict';

/** Everything that is not in the file. @returns {Linked} */
function state() {
  const { scenario, turns, seed, view } = page.asked;
  return {
    version: page.opened.version, figures: page.opened.figures, base: page.opened.scenarios[scenario].hash, turns, seed, view,
    question: input('asked-question').value, by: input('asked-by').value, date: input('asked-date').value,
    trials: page.answer?.trials ?? 0, results: page.answer?.hash ?? '',
  };
}

/** Writes the address of what is shown. What is shown no longer by then is not. */
async function keepAddress() {
  const { answer } = page;
  const text = await packed(JSON.stringify(state()));
  if (answer === page.answer && !document.body.classList.contains('stale')) history.replaceState(null, '', `#q=${text}`);
}

/** Follows the address, where it holds a question; says whether it does. @returns {Promise<boolean>} */
async function arrive() {
  let found;
  try {
    found = await linked(location.hash);
  } catch {
    notice('link', 'The link is damaged or cut off: nothing of it was followed. Ask for it again, or go on from here.');
    return false;
  }
  if (found === null) return false;
  await follow(found);
  return true;
}

/** Goes on from what an address holds. @param {Linked} found */
async function follow(found) {
  const at = page.opened.scenarios.findIndex((/** @type {any} */ own) => own.hash === found.base);
  const { version, figures } = page.opened;
  input('asked-question').value = found.question;
  input('asked-by').value = found.by;
  input('asked-date').value = found.date;
  // A page of one scenario has nothing to set side by side.
  const view = found.view === 'compare' && page.opened.scenarios.length < 2 ? 'answer' : found.view;
  await choose(Math.max(0, at), { turns: found.turns, seed: found.seed, view });
  page.link = found;
  notice('link', at < 0
    ? 'The link was made with another scenario. Its changes are laid over this one: the figures may differ from those that were sent.'
    : found.version !== version || found.figures !== figures
      ? `The link was made with engine ${found.version} (figures ${found.figures}), this is ${version} (figures ${figures}): the figures may differ from those that were sent.`
      : '');
}

/** Says whether these are the figures that were sent, once they rest on as many futures. @param {number} scenario @param {any} answer @param {boolean} last */
function compareWithLink(scenario, answer, last) {
  const { link } = page;
  if (link === null || link.results === '') return;
  const isOther = page.opened.scenarios[scenario].hash !== link.base;
  const sent = `${thousands(link.trials)} futures`;
  if (answer.trials === link.trials) {
    const why = isOther ? ' The link was made with another scenario.' : link.figures !== page.opened.figures ? ' The link was made with another engine.' : '';
    notice('link', answer.hash === link.results
      ? `These are the figures that were sent, to the last digit (${sent}).`
      : `These are not the figures that were sent (${sent}).${why}`);
  } else if (last && !STAGES.includes(link.trials)) {
    notice('link', `Whether these are the figures that were sent cannot be told: those rest on ${sent}.`);
  }
}
