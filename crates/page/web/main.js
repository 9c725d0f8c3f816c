// The page: holds what was asked, asks it, and shows the answer. What the model says is the engine's alone.
'use strict';

/** @typedef {{scenario: number, turns: Turn[], seed: number, view: string}} Asked */

const page = {
  /** @type {ReturnType<typeof poolOf>} */ pool: /** @type {any} */ (null),
  /** The scenarios as the engine was given them. */ file: '',
  /** @type {any} */ opened: null,
  /** @type {Asked} */ asked: { scenario: 0, turns: [], seed: 2015, view: 'answer' },
  /** @type {Turn[][]} */ before: [],
  /** @type {Turn[][]} */ after: [],
  /** What the engine understood of the changes. @type {{changes: {key: string, text: string, words: string}[], needs_commission: boolean}} */
  understood: { changes: [], needs_commission: false },
  /** @type {Control[]} */ controls: [],
  /** @type {{dials: Dial[], levers: Lever[]}} */ board: { dials: [], levers: [] },
  /** @type {any} */ answer: null,
  /** Keys of the dials that are shown at first, by scenario, and what they matter for. @type {{keys: string[][], about: string[]}} */
  chosen: { keys: [], about: [] },
  /** Key of what was turned last, so that a row of slider movements is one step back. */ last: '',
  /** The link that is followed, until something is changed. @type {Linked | null} */ link: null,
  /** Files that were dropped last, and those that they lack. @type {Given | null} */ given: null,
  /** @type {string[]} */ missing: [],
};

/** @param {string} id */
const input = (id) => /** @type {HTMLInputElement} */ (element(id));

/** Does what may fail, and says so where it does. @param {() => Promise<void>} work */
function safely(work) {
  work().catch((why) => notice('engine', why instanceof Error ? why.message : String(why)));
}

async function begin() {
  const text = new TextDecoder().decode(await unpacked(bytesOf(element('data').textContent ?? ''), 'gzip'));
  const module = await WebAssembly.compile(await unpacked(bytesOf(element('wasm').textContent ?? ''), 'gzip'));
  const wanted = Number(new URLSearchParams(location.search).get('workers'));
  const count = Number.isInteger(wanted) && wanted >= 1 && wanted <= 16 ? wanted : Math.max(1, Math.min(16, navigator.hardwareConcurrency || 2));
  const restarted = () => notice('engine', 'A part of the engine stopped. It was started again, and the question is asked again.');
  const ended = (/** @type {string} */ why) => notice('engine', `${why} Reload the page to try again.`);
  page.pool = poolOf(module, count, { shown, understood, wrong, restarted, ended });
  await open(text);
  await arrive();
  ask();
}

/** Opens scenarios. Their text goes to the engine as it is. @param {string} text */
async function open(text) {
  stale();
  page.opened = await page.pool.open(text);
  page.file = text;
  const { dials, about } = JSON.parse(text);
  page.chosen = { keys: dials, about };
  const choice = /** @type {HTMLSelectElement} */ (element('scenario'));
  choice.replaceChildren(...page.opened.scenarios.map((/** @type {any} */ own, /** @type {number} */ k) =>
    made('option', { value: String(k) }, own.title)));
  element('choose').hidden = page.opened.scenarios.length < 2;
  element('engine').textContent = `Engine ${page.opened.version}, figures ${page.opened.figures}.`;
  page.link = null;
  notice('link', '');
  await choose(0, { view: 'answer' });
}

/** Looks at a scenario, without changes unless some come along. @param {number} scenario @param {Partial<Asked>} rest */
async function choose(scenario, rest) {
  stale();
  page.asked = { ...page.asked, turns: [], ...rest, scenario };
  page.before = [];
  page.after = [];
  page.last = '';
  input('scenario').value = String(scenario);
  await board(scenario);
  showTurned();
}

/** Lays out dials and levers of a scenario. @param {number} scenario */
async function board(scenario) {
  page.controls = [];
  element('dials').replaceChildren();
  element('levers').replaceChildren();
  const found = await page.pool.do(DIALS, scenario);
  // Another may have been chosen meanwhile.
  if (scenario !== page.asked.scenario) return;
  page.board = found;
  const keys = page.chosen.keys[scenario] ?? [];
  const first = keys.map((key) => page.board.dials.find((dial) => dial.key === key)).filter((dial) => dial !== undefined);
  const shownFirst = first.length > 0 ? first : page.board.dials.filter((dial) => dial.reach !== null).slice(0, 12);
  const about = first.length > 0 ? `What matters most for ${page.chosen.about[scenario]}, by theme. ` : '';
  element('dials-note').textContent = `${about}The orange line marks the plan’s value.`;
  shownFirst.forEach(addDial);
  const levers = page.board.levers.map((lever) => leverOf(lever, turned));
  page.controls.push(...levers);
  element('levers').replaceChildren(...levers.map((lever) => lever.own));
  views();
}

/** @param {Dial} dial @returns {Control} */
function addDial(dial) {
  const there = page.controls.find((own) => own.key === dial.key);
  if (there !== undefined) return there;
  const own = dialOf(dial, turned);
  page.controls.push(own);
  element('dials').append(own.own);
  return own;
}

/** What may be shown below: choices that there are. */
function views() {
  const all = [['answer', 'The answer'], ['alone', 'The changed scenario by itself'], ['compare', 'All scenarios of the page side by side']];
  const there = all.filter(([view]) => view === 'answer' || (view === 'alone' && page.asked.turns.length > 0)
    || (view === 'compare' && page.opened.scenarios.length > 1));
  element('views').hidden = there.length < 2;
  element('views').replaceChildren(...there.map(([view, label]) => {
    const own = made('button', { type: 'button', 'aria-pressed': String(page.asked.view === view) }, label ?? '');
    own.addEventListener('click', () => {
      page.asked.view = view ?? 'answer';
      ask();
    });
    return own;
  }));
}

/** A dial or lever was turned, or set back. @param {string} key @param {Turn | null} turn */
function turned(key, turn) {
  const at = page.asked.turns.findIndex((own) => keyOf(own) === key);
  if (turn === null && at < 0) return listChanges();
  if (page.last !== key || turn === null) remember();
  page.last = turn === null ? '' : key;
  const turns = page.asked.turns.slice();
  if (turn === null) turns.splice(at, 1);
  else if (at >= 0) turns[at] = turn;
  else turns.push(turn);
  change(turns);
}

/** Asks with other changes. What a link said is of no concern from then on. @param {Turn[]} turns */
function change(turns) {
  page.asked.turns = turns;
  page.link = null;
  notice('link', '');
  ask();
}

/** Keeps what is asked now, to go back to. */
function remember() {
  page.before.push(page.asked.turns);
  page.after = [];
}

/** @param {Turn[][]} from @param {Turn[][]} to */
function step(from, to) {
  const turns = from.pop();
  if (turns === undefined) return;
  to.push(page.asked.turns);
  page.last = '';
  page.asked.turns = turns;
  showTurned();
  change(turns);
}

/** Asks what is asked now. */
function ask() {
  stale();
  notice('wrong', '');
  if (page.asked.turns.length === 0 && page.asked.view === 'alone') page.asked.view = 'answer';
  const { scenario, turns, seed, view } = page.asked;
  const said = (/** @type {string} */ id) => { const text = input(id).value.trim(); return text === '' ? null : text; };
  page.pool.ask({
    scenario, changes: turns, view, trials: STAGES[STAGES.length - 1], seed,
    question: said('asked-question'), requested_by: said('asked-by'), date: said('asked-date'),
  }, STAGES, (trials) => trials !== STAGES[0]);
  setControls(new Map());
  performance.mark('asked');
  listChanges();
  views();
}

/** @param {Map<string, string | undefined>} words of changes, by key */
function setControls(words) {
  page.controls.forEach((own) => own.set(page.asked.turns.find((turn) => keyOf(turn) === own.key), words.get(own.key)));
}

/** @param {any} found */
function understood(found) {
  page.understood = found;
  setControls(new Map(found.changes.map((/** @type {any} */ own) => [own.key, own.words.split(' → ').pop()])));
  listChanges();
}

/** @param {string} text */
function wrong(text) {
  const at = page.controls.find((own) => own.key === page.last);
  if (at === undefined) notice('wrong', `This cannot be worked out: ${text}`);
  else at.wrong(text);
  if (page.answer === null) element('answer').textContent = 'No answer yet: what is asked cannot be worked out.';
  element('state').textContent = 'What is asked cannot be worked out. What stands here is from before.';
}

/** @param {any} answer @param {boolean} last */
function shown(answer, last) {
  page.answer = answer;
  const { scenario, turns, view } = page.asked;
  show(answer, last, view === 'compare' && turns.length > 0 ? ' Side by side stand the scenarios as they are, without the changes.' : '');
  performance.mark(last ? 'settled' : answer.trials === STAGES[0] ? 'first' : 'refined');
  /** @type {HTMLButtonElement} */ (element('get-commission')).disabled = view !== 'answer' || turns.length === 0;
  compareWithLink(scenario, answer, last);
  if (answer.trials === STAGES[0]) return;
  if (last) notice('engine', '');
  element('spoken').textContent = `${answer.answer} ${answer.figures.map((/** @type {any} */ own) => `${own.name}: ${own.value}`).join('. ')}`;
  safely(keepAddress);
}

/** Dials that are turned are shown, whichever they are. */
function showTurned() {
  page.asked.turns.map(keyOf).forEach((key) => {
    const dial = page.board.dials.find((own) => own.key === key);
    if (dial !== undefined) addDial(dial);
  });
}

function listChanges() {
  const { turns } = page.asked;
  element('unchanged').hidden = turns.length > 0;
  element('changes').replaceChildren(...turns.map((turn) => {
    const key = keyOf(turn);
    const words = page.understood.changes.find((own) => own.key === key)?.words ?? key;
    const away = made('button', { type: 'button', 'aria-label': `Take back: ${words}` }, 'Take back');
    away.addEventListener('click', () => turned(key, null));
    return made('li', {}, `${words} `, away);
  }));
  /** @type {HTMLButtonElement} */ (element('undo')).disabled = page.before.length === 0;
  /** @type {HTMLButtonElement} */ (element('redo')).disabled = page.after.length === 0;
  /** @type {HTMLButtonElement} */ (element('reset')).disabled = turns.length === 0;
}

/** Numbers that are called as somebody writes. */
function search() {
  const wanted = input('search').value.trim().toLowerCase();
  const found = wanted === '' ? [] : page.board.dials.filter((dial) => dial.label.toLowerCase().includes(wanted)).slice(0, 12);
  element('hits').replaceChildren(...found.map((dial) => {
    const own = made('button', { type: 'button' }, dial.label);
    own.addEventListener('click', () => addDial(dial).focus());
    return made('li', {}, own);
  }));
}

function listen() {
  const click = (/** @type {string} */ id, /** @type {() => Promise<void>} */ work) => element(id).addEventListener('click', () => safely(work));
  element('undo').addEventListener('click', () => step(page.before, page.after));
  element('redo').addEventListener('click', () => step(page.after, page.before));
  element('reset').addEventListener('click', () => { remember(); page.last = ''; change([]); });
  element('scenario').addEventListener('change', () => safely(async () => {
    page.link = null;
    notice('link', '');
    await choose(Number(input('scenario').value), { view: 'answer' });
    ask();
  }));
  element('search').addEventListener('input', search);
  ['asked-question', 'asked-by', 'asked-date'].forEach((id) => element(id).addEventListener('change', () => { page.last = ''; ask(); }));
  click('copy-link', copyLink);
  click('copy-command', copyCommand);
  click('get-commission', () => leave('commission', 'commission.toml', 'application/toml'));
  click('get-report', () => leave('report', 'report.html', 'text/html'));
  click('get-tables', () => leave('tables', 'tables.csv', 'text/csv'));
  click('get-json', () => leave('json', 'summary.json', 'application/json'));
  element('file').addEventListener('change', () => safely(() => take(input('file').files)));
  element('leave').addEventListener('click', () => { element('problems').hidden = true; page.given = null; });
  click('again', again);
  window.addEventListener('hashchange', () => safely(async () => { if (await arrive()) ask(); }));
  document.addEventListener('dragover', (event) => { event.preventDefault(); document.body.classList.add('drop'); });
  document.addEventListener('dragleave', () => document.body.classList.remove('drop'));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    document.body.classList.remove('drop');
    safely(() => take(event.dataTransfer?.files ?? null));
  });
  // Where the answer is out of sight, its first figure stays.
  new IntersectionObserver(([own]) => document.body.classList.toggle('away', own?.isIntersecting === false)).observe(element('figures'));
}

listen();
begin().catch((why) => notice('engine', `The engine could not be started: ${why instanceof Error ? why.message : String(why)}`));
