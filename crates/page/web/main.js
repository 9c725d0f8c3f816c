// The page: holds what was asked, asks it, and shows the answer. What the model says is the engine's alone.
'use strict';

/** @typedef {{scenario: number, turns: Turn[], seed: number, view: string}} Asked */

const page = {
  /** @type {ReturnType<typeof poolOf>} */ pool: /** @type {any} */ (null),
  /** @type {any} */ opened: null,
  /** @type {Asked} */ asked: { scenario: 0, turns: [], seed: 2015, view: 'answer' },
  /** @type {Turn[][]} */ before: [],
  /** @type {Turn[][]} */ after: [],
  /** @type {{key: string, text: string, words: string}[]} */ words: [],
  /** @type {{key: string, own: HTMLElement, focus?: () => void, set: (now: Turn | undefined, words: string | undefined) => void}[]} */ controls: [],
  /** @type {{dials: Dial[], levers: Lever[]}} */ board: { dials: [], levers: [] },
  /** @type {any} */ answer: null,
  /** Keys of the dials that are shown at first, by scenario. @type {string[][]} */ chosen: [],
  /** The commit of the engine that wrote the page. @type {string | null} */ commit: null,
  /** Names of what a change was last asked about, so that a row of slider movements is one step back. */ last: '',
  /** @type {string[][] | null} */ text: null,
};

/** @param {string} id */
const input = (id) => /** @type {HTMLInputElement} */ (element(id));

async function begin() {
  const text = new TextDecoder().decode(await unpacked(bytesOf(element('data').textContent ?? ''), 'gzip'));
  const module = await WebAssembly.compile(await unpacked(bytesOf(element('wasm').textContent ?? ''), 'gzip'));
  const wanted = Number(new URLSearchParams(location.search).get('workers'));
  const count = wanted >= 1 && wanted <= 16 ? wanted : Math.max(1, Math.min(16, navigator.hardwareConcurrency || 2));
  page.pool = poolOf(module, count, { shown, understood, wrong });
  await open(text);
  const found = await linked(location.hash);
  if (found !== null) await follow(found);
  ask();
}

/** Opens scenarios. Their text goes to the engine as it is. @param {string} text */
async function open(text) {
  page.opened = await page.pool.open(text);
  const { dials, commit } = JSON.parse(text);
  page.chosen = dials ?? [];
  page.commit = commit ?? null;
  page.asked = { ...page.asked, scenario: 0, turns: [], view: 'answer' };
  page.before = [];
  page.after = [];
  const choice = /** @type {HTMLSelectElement} */ (element('scenario'));
  choice.replaceChildren(...page.opened.scenarios.map((/** @type {any} */ own, /** @type {number} */ k) =>
    made('option', { value: String(k) }, own.title)));
  element('choose').hidden = page.opened.scenarios.length < 2;
  element('engine').textContent = `Engine ${page.opened.version}, figures ${page.opened.figures}.`;
  await board();
}

/** Lays out dials and levers of the scenario. */
async function board() {
  const scenario = page.asked.scenario;
  page.board = await page.pool.do(DIALS, scenario);
  const chosen = page.chosen[scenario] ?? [];
  const first = chosen.map((key) => page.board.dials.find((dial) => dial.key === key)).filter((dial) => dial !== undefined);
  const shownFirst = first.length > 0 ? first : page.board.dials.filter((dial) => dial.p10 !== null).slice(0, 12);
  element('dials-note').textContent = first.length > 0
    ? 'What matters most for net present value, by theme. The line marks the plan.'
    : 'The line marks the plan.';
  page.controls = [];
  element('dials').replaceChildren();
  shownFirst.forEach(addDial);
  const levers = page.board.levers.map((lever) => leverOf(lever, turned));
  page.controls.push(...levers);
  element('levers').replaceChildren(...levers.map((lever) => lever.own));
  views();
}

/** @param {Dial} dial */
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
  const all = [['answer', 'The answer'], ['alone', 'The changed plan by itself'], ['compare', 'All scenarios side by side']];
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
  if (page.last !== key || turn === null) remember();
  page.last = turn === null ? '' : key;
  const at = page.asked.turns.findIndex((own) => keyOf(own) === key);
  const turns = page.asked.turns.slice();
  if (turn === null && at >= 0) turns.splice(at, 1);
  else if (turn !== null && at >= 0) turns[at] = turn;
  else if (turn !== null) turns.push(turn);
  page.asked.turns = turns;
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
  page.asked.turns = turns;
  page.last = '';
  showTurned();
  ask();
}

/** Asks what is asked now. */
function ask() {
  stale();
  notice('');
  if (page.asked.turns.length === 0 && page.asked.view === 'alone') page.asked.view = 'answer';
  const { scenario, turns, seed, view } = page.asked;
  const said = (/** @type {string} */ id) => { const text = input(id).value.trim(); return text === '' ? null : text; };
  page.pool.ask({
    scenario, changes: turns, view, trials: STAGES[STAGES.length - 1], seed,
    question: said('asked-question'), requested_by: said('asked-by'), date: said('asked-date'),
  }, STAGES, (trials) => trials !== STAGES[0]);
  page.controls.forEach((own) => own.set(turns.find((turn) => keyOf(turn) === own.key), undefined));
  performance.mark('asked');
  listChanges();
  views();
}

/** @param {number} _id @param {any} found */
function understood(_id, found) {
  page.words = found.changes;
  const told = new Map(page.asked.turns.map((turn, k) => [keyOf(turn), found.changes[k]?.words.split(' → ').pop()]));
  page.controls.forEach((own) => own.set(page.asked.turns.find((turn) => keyOf(turn) === own.key), told.get(own.key)));
  listChanges();
}

/** @param {number} _id @param {string} text */
function wrong(_id, text) {
  notice(`This cannot be worked out: ${text}`);
  element('state').textContent = 'What stands here is from before the last change.';
}

/** @param {number} _id @param {any} answer @param {boolean} last */
function shown(_id, answer, last) {
  page.answer = answer;
  show(answer, last);
  performance.mark(last ? 'settled' : answer.trials === STAGES[0] ? 'first' : 'refined');
  if (answer.trials === STAGES[0]) return;
  const figures = answer.figures.map((/** @type {any} */ own) => `${own.name}: ${own.value}`).join('. ');
  if (!last) element('spoken').textContent = `${answer.answer} ${figures}`;
  keepAddress();
}

async function keepAddress() {
  history.replaceState(null, '', `#q=${await packed(JSON.stringify(state()))}`);
}

/** Everything that is not in the file. @returns {Linked} */
function state() {
  const { scenario, turns, seed, view } = page.asked;
  const own = { question: input('asked-question').value, by: input('asked-by').value, date: input('asked-date').value };
  return {
    version: page.opened.version, base: page.opened.scenarios[scenario].hash, scenario, turns, seed, view, ...own,
    trials: page.answer?.trials, results: page.answer?.hash,
  };
}

/** Goes on from what an address holds. @param {Linked} found */
async function follow(found) {
  const at = page.opened.scenarios.findIndex((/** @type {any} */ own) => own.hash === found.base);
  if (at < 0) notice('The link was made with another scenario. Its changes are laid over this one: the figures may differ from those that were sent.');
  else if (found.version !== page.opened.version) notice(`The link was made with engine ${found.version}, this is ${page.opened.version}: the figures may differ from those that were sent.`);
  page.asked = { scenario: Math.max(0, at), turns: found.turns, seed: found.seed ?? 2015, view: found.view ?? 'answer' };
  input('asked-question').value = found.question ?? '';
  input('asked-by').value = found.by ?? '';
  input('asked-date').value = found.date ?? '';
  input('scenario').value = String(page.asked.scenario);
  if (page.asked.scenario !== 0) await board();
  showTurned();
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
  element('changes').replaceChildren(...turns.map((turn, k) => {
    const key = keyOf(turn);
    const words = page.words.find((own) => own.key === key && k < page.words.length)?.words ?? key;
    const away = made('button', { type: 'button', 'aria-label': `Take back: ${words}` }, 'Take back');
    away.addEventListener('click', () => turned(key, null));
    return made('li', {}, `${words} `, away);
  }));
  /** @type {HTMLButtonElement} */ (element('undo')).disabled = page.before.length === 0;
  /** @type {HTMLButtonElement} */ (element('redo')).disabled = page.after.length === 0;
  /** @type {HTMLButtonElement} */ (element('reset')).disabled = turns.length === 0;
}

/** @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    element('done').textContent = 'Copied.';
  } catch {
    // A page opened as a file may not write there: it is shown instead, to be copied by hand.
    element('done').textContent = text;
  }
}

/** @param {string} what @param {string} name @param {string} type */
async function leave(what, name, type) {
  download(name, await page.pool.do(EXPORT, what), type);
  element('done').textContent = `${name} was made.`;
}

/** @param {{open: string, files: [string, string][]}} given */
async function read(given) {
  const found = await page.pool.do(READ, given);
  const [, text] = given.files.find(([name]) => name === given.open) ?? ['', ''];
  if (found.scenario === null) {
    page.text = /** @type {any} */ (given);
    return showProblems(text, found.problems);
  }
  element('problems').hidden = true;
  await open(`{"scenarios":[${found.scenario}],"commit":${JSON.stringify(page.commit)},"dials":[]}`);
  ask();
}

function listen() {
  element('undo').addEventListener('click', () => step(page.before, page.after));
  element('redo').addEventListener('click', () => step(page.after, page.before));
  element('reset').addEventListener('click', () => { remember(); page.asked.turns = []; page.last = ''; ask(); });
  element('scenario').addEventListener('change', async () => {
    page.asked = { ...page.asked, scenario: Number(input('scenario').value), turns: [], view: 'answer' };
    page.before = [];
    page.after = [];
    await board();
    ask();
  });
  element('search').addEventListener('input', () => {
    const wanted = input('search').value.trim().toLowerCase();
    const found = wanted === '' ? [] : page.board.dials.filter((dial) => dial.label.toLowerCase().includes(wanted)).slice(0, 12);
    element('hits').replaceChildren(...found.map((dial) => {
      const own = made('button', { type: 'button' }, dial.label);
      own.addEventListener('click', () => addDial(dial).focus?.());
      return made('li', {}, own);
    }));
  });
  ['asked-question', 'asked-by', 'asked-date'].forEach((id) => element(id).addEventListener('change', () => ask()));
  element('copy-link').addEventListener('click', async () => { await keepAddress(); await copied(location.href); });
  element('copy-command').addEventListener('click', async () => copied(await page.pool.do(EXPORT, 'command')));
  element('get-commission').addEventListener('click', () => leave('commission', 'commission.toml', 'application/toml'));
  element('get-report').addEventListener('click', () => leave('report', 'report.html', 'text/html'));
  element('get-tables').addEventListener('click', () => leave('tables', 'tables.csv', 'text/csv'));
  element('get-json').addEventListener('click', () => leave('json', 'summary.json', 'application/json'));
  element('file').addEventListener('change', async () => { const { files } = input('file'); if (files !== null) await read(await dropped(files)); });
  element('leave').addEventListener('click', () => { element('problems').hidden = true; });
  element('again').addEventListener('click', () => {
    const given = /** @type {any} */ (page.text);
    const text = /** @type {HTMLTextAreaElement} */ (element('editor')).value;
    read({ ...given, files: given.files.map((/** @type {[string, string]} */ [name, own]) => [name, name === given.open ? text : own]) });
  });
  window.addEventListener('hashchange', async () => {
    const found = await linked(location.hash);
    if (found === null) return;
    remember();
    await follow(found);
    ask();
  });
  document.addEventListener('dragover', (event) => { event.preventDefault(); document.body.classList.add('drop'); });
  document.addEventListener('dragleave', () => document.body.classList.remove('drop'));
  document.addEventListener('drop', async (event) => {
    event.preventDefault();
    document.body.classList.remove('drop');
    if (event.dataTransfer !== null) await read(await dropped(event.dataTransfer.files));
  });
}

listen();
begin().catch((why) => notice(`The engine could not be started: ${why instanceof Error ? why.message : String(why)}`));
