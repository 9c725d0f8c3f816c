// Dials and levers: they say what is turned, and show what the engine says of it.
'use strict';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @typedef {{key: string, label: string, states: string, plan: number, plan_words: string, p50: number, reach: 'whole' | 'move' | 'fix' | null,
 *   can_widen: boolean, ends: [number, number], step: number, curve: number[], source: string, confidence: string}} Dial
 * @typedef {{key: string, label: string, choices: string[], now: string, example: string}} Lever
 * @typedef {{fix?: {key: string, to: number}, move?: {key: string, to: number, width: number}, set?: {text: string}}} Turn
 * @typedef {{key: string, own: HTMLElement, focus: () => void, set: (now: Turn | undefined, words: string | undefined) => void,
 *   wrong: (text: string) => void}} Control
 */

/** Numbers of controls: an address may hold what no identifier may. */
let controls = 0;

/** The address that a turn is about. @param {Turn} turn */
function keyOf(turn) {
  return turn.fix?.key ?? turn.move?.key ?? (turn.set?.text ?? '').split('=')[0] ?? '';
}

/** How a number is drawn, with the plan's value marked. @param {Dial} dial */
function picture(dial) {
  const own = document.createElementNS(SVG, 'svg');
  own.setAttribute('viewBox', '0 0 100 20');
  own.setAttribute('preserveAspectRatio', 'none');
  own.setAttribute('aria-hidden', 'true');
  const across = (/** @type {number} */ x) => ((x - dial.ends[0]) / (dial.ends[1] - dial.ends[0])) * 100;
  if (dial.curve.length > 0) {
    const wide = 100 / dial.curve.length;
    const points = dial.curve.map((height, k) => `${((k + 0.5) * wide).toFixed(2)},${(20 - height * 18).toFixed(2)}`);
    const shape = document.createElementNS(SVG, 'polygon');
    shape.setAttribute('points', `0,20 ${points.join(' ')} 100,20`);
    shape.setAttribute('class', 'shape');
    own.append(shape);
  }
  const plan = document.createElementNS(SVG, 'line');
  for (const [name, value] of [['x1', across(dial.plan)], ['x2', across(dial.plan)], ['y1', 0], ['y2', 20]]) {
    plan.setAttribute(String(name), String(value));
  }
  plan.setAttribute('class', 'plan');
  plan.setAttribute('vector-effect', 'non-scaling-stroke');
  own.append(plan);
  return own;
}

/** A place below a control where it says what is wrong with what it was turned to. */
function complaint() {
  const own = made('p', { class: 'wrong', role: 'alert' });
  own.hidden = true;
  /** @param {string} text nothing takes it back */
  const say = (text) => {
    own.textContent = text === '' ? '' : `This cannot be worked out: ${text}`;
    own.hidden = text === '';
  };
  return { own, say };
}

/** What a slider at a value asks; null where that is the base. @param {Dial} dial @param {number} at @param {number} width @param {boolean} moves @returns {Turn | null} */
function turnTo(dial, at, width, moves) {
  const near = Number((Math.round(at / dial.step) * dial.step).toPrecision(10));
  // A number that is easily read; the start itself where it is as near.
  const to = Math.abs(at - dial.p50) < dial.step / 2 ? dial.p50 : Math.min(dial.ends[1], Math.max(dial.ends[0], near));
  if (moves) return to === dial.p50 && width === 1 ? null : { move: { key: dial.key, to, width } };
  return dial.reach === null && to === dial.p50 ? null : { fix: { key: dial.key, to } };
}

/** The buttons and the choice below a slider. @param {Dial} dial */
function handles(dial) {
  const button = (/** @type {string} */ text) => /** @type {HTMLButtonElement} */ (made('button', { type: 'button', 'aria-label': `${dial.label}: ${text}` }, text));
  const mode = /** @type {HTMLSelectElement} */ (made('select', { 'aria-label': `${dial.label}: what the slider does` },
    made('option', { value: 'move' }, 'move'), made('option', { value: 'fix' }, 'fix at')));
  const [narrower, wider, back] = [button('narrower'), button('wider'), button('set back')];
  const canMove = dial.reach === 'whole' || dial.reach === 'move';
  const shown = [...(canMove ? [mode] : dial.reach === 'fix' ? [made('span', {}, 'fix at')] : []), ...(dial.reach === 'whole' ? [narrower, wider] : []), back];
  return { mode, narrower, wider, back, moves: () => canMove && mode.value === 'move', row: made('div', { class: 'row' }, ...shown) };
}

/** Where a number comes from. @param {Dial} dial */
function sourceOf(dial) {
  const source = `${dial.source}${dial.confidence === '' ? '' : ` (confidence ${dial.confidence})`}`;
  return made('details', {}, made('summary', {}, 'Where it comes from'),
    made('p', {}, `The line marks ${dial.plan_words}. ${dial.source === '' ? 'No source is stated.' : source}`));
}

/**
 * A dial. `turned` is told what it does, null where it is set back.
 * @param {Dial} dial @param {(key: string, turn: Turn | null) => void} turned @returns {Control}
 */
function dialOf(dial, turned) {
  controls += 1;
  const id = `d-${controls}`;
  const range = /** @type {HTMLInputElement} */ (made('input', {
    type: 'range', id, min: String(dial.ends[0]), max: String(dial.ends[1]), step: 'any', value: String(dial.p50),
    'aria-describedby': `${id}-says`,
  }));
  const { mode, narrower, wider, back, moves, row } = handles(dial);
  const says = made('span', { class: 'states', id: `${id}-says` }, dial.states);
  const wrong = complaint();
  let width = 1;
  const turn = () => turned(dial.key, turnTo(dial, Number(range.value), width, moves()));
  range.addEventListener('input', turn);
  mode.addEventListener('change', turn);
  const wide = (/** @type {number} */ times) => () => {
    width = Number(Math.min(4, Math.max(0.1, width * times)).toPrecision(6));
    mode.value = 'move';
    turn();
  };
  wider.addEventListener('click', wide(1.25));
  narrower.addEventListener('click', wide(0.8));
  back.addEventListener('click', () => turned(dial.key, null));
  // A slider moves by hundredths with the keys.
  range.addEventListener('keydown', (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    range.value = String(Number(range.value) + by * dial.step);
    turn();
  });
  const own = made('div', { class: 'dial', 'data-key': dial.key },
    made('h3', {}, made('label', { for: id }, dial.label)), says, picture(dial), range, row, wrong.own, sourceOf(dial));
  return {
    key: dial.key,
    own,
    focus: () => range.focus(),
    wrong: wrong.say,
    set(now, words) {
      wrong.say('');
      own.classList.toggle('changed', now !== undefined);
      says.textContent = words ?? dial.states;
      range.setAttribute('aria-valuetext', words ?? dial.states);
      const turnedTo = now?.move ?? now?.fix;
      width = now?.move?.width ?? 1;
      wider.disabled = width >= 1 && !dial.can_widen;
      range.value = String(turnedTo?.to ?? dial.p50);
      if (turnedTo !== undefined) mode.value = now?.move === undefined ? 'fix' : 'move';
    },
  };
}

/** @param {Lever} lever @param {(key: string, turn: Turn | null) => void} turned @returns {Control} */
function leverOf(lever, turned) {
  controls += 1;
  const id = `l-${controls}`;
  /** @type {HTMLSelectElement | HTMLInputElement} */
  let control;
  if (lever.choices.length > 0) {
    control = /** @type {HTMLSelectElement} */ (made('select', { id },
      ...(lever.choices.includes(lever.now) ? [] : [made('option', { value: '' }, 'as written')]),
      ...lever.choices.map((choice) => made('option', { value: choice }, choice))));
  } else {
    control = /** @type {HTMLInputElement} */ (made('input', { id, autocomplete: 'off', placeholder: lever.example }));
  }
  control.value = lever.now;
  control.addEventListener('change', () => {
    const value = control.value.trim();
    const written = /^-?[\d.]+$/.test(value) ? value : JSON.stringify(value);
    turned(lever.key, value === '' || value === lever.now ? null : { set: { text: `${lever.key}=${written}` } });
  });
  const wrong = complaint();
  return {
    key: lever.key,
    own: made('div', {}, made('label', { for: id }, lever.label), control, wrong.own),
    focus: () => control.focus(),
    wrong: wrong.say,
    set(now) {
      wrong.say('');
      const text = now?.set?.text;
      control.value = text === undefined ? lever.now : text.slice(lever.key.length + 1).replace(/^"(.*)"$/, '$1');
    },
  };
}
