// What comes back from the engine, put on the page.
'use strict';

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}

/** An element with text in it, never markup. @param {string} tag @param {Record<string, string>} attributes @param {...(Node | string)} children */
function made(tag, attributes, ...children) {
  const own = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) own.setAttribute(name, value);
  own.append(...children);
  return own;
}

/** @param {number} count */
function thousands(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The answer at a glance; the rest where it came along. @param {any} answer @param {boolean} last @param {string} more what else is to be said of it */
function show(answer, last, more) {
  document.body.classList.remove('stale');
  document.body.classList.toggle('settled', last);
  element('question').textContent = answer.question;
  const said = element('answer');
  said.textContent = answer.answer;
  said.setAttribute('aria-busy', 'false');
  element('state').textContent = `${thousands(answer.trials)} possible futures${last ? '; ± is one standard error.' : ' so far; the figures are still settling.'}${more}`;
  element('figures').replaceChildren(...answer.figures.map(figure));
  const [first] = answer.figures;
  element('brief').textContent = first === undefined ? answer.answer : `${first.name}: ${first.value} ${first.error}`.trim();
  // Drawn by the engine, every foreign text in it escaped there.
  element('chart').innerHTML = answer.chart ?? '';
  element('proof').textContent = `Results ${answer.hash}: the SHA-256 of what the command line prints with --format json.`;
  document.body.classList.toggle('partly', answer.sections.length === 0);
  if (answer.sections.length > 0) sections(answer);
}

/** @param {{name: string, value: string, error: string, beside: string}} told */
function figure(told) {
  const value = made('span', { class: 'value' }, told.value);
  const error = made('span', { class: 'error' }, told.error === '' ? '' : ` ${told.error}`);
  return made('li', {}, made('span', { class: 'name' }, told.name), made('span', {}, value, error),
    made('span', { class: 'beside' }, told.beside));
}

/** Sections keep open what was open. @param {any} answer */
function sections(answer) {
  const place = element('sections');
  const opened = new Set(Array.from(place.querySelectorAll('details[open] > summary'), (own) => own.textContent));
  place.replaceChildren(...answer.sections.map((/** @type {{title: string, html: string}} */ section, /** @type {number} */ k) => {
    const own = made('section', { 'aria-labelledby': `s-${k}` }, made('h2', { id: `s-${k}` }, section.title));
    const held = made('div', {});
    held.innerHTML = section.html;
    own.append(held);
    return own;
  }));
  place.querySelectorAll('details').forEach((own) => {
    if (opened.has(own.querySelector('summary')?.textContent ?? '')) own.open = true;
  });
  element('terms-text').innerHTML = answer.terms;
}

/** What stands there is from before a change. */
function stale() {
  document.body.classList.add('stale');
  document.body.classList.remove('settled');
  element('answer').setAttribute('aria-busy', 'true');
  element('spoken').textContent = '';
  element('state').textContent = 'Working it out. What stands here is from before the last change.';
}

/** What is to be said beside the answer, by what it is about. @type {Map<string, string>} */
const notices = new Map();

/** @param {'link' | 'wrong' | 'engine'} about @param {string} text nothing takes it back */
function notice(about, text) {
  if ((notices.get(about) ?? '') === text) return;
  notices.set(about, text);
  const own = element('notice');
  own.textContent = Array.from(notices.values()).filter((one) => one !== '').join('\n');
  own.hidden = own.textContent === '';
}
