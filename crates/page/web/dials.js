// Dials and levers: they say what is turned, and show what the engine says of it.
'use strict';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @typedef {{key: string, label: string, unit: string, factor: number, states: string, plan: number, plan_words: string, p50: number,
 *   p10: number | null, p90: number | null, ends: [number, number], step: number, curve: number[], source: string, confidence: string}} Dial
 * @typedef {{key: string, label: string, choices: string[], now: string, example: string}} Lever
 * @typedef {{fix?: {key: string, to: number}, move?: {key: string, to: number, width: number}, set?: {text: string}}} Turn
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

/**
 * A dial. `turned` is told what it does, null where it is set back.
 * @param {Dial} dial
 * @param {(key: string, turn: Turn | null) => void} turned
 */
function dialOf(dial, turned) {
  controls += 1;
  const id = `d-${controls}`;
  const own = made('div', { class: 'dial', 'data-key': dial.key });
  const range = /** @type {HTMLInputElement} */ (made('input', {
    type: 'range', id, min: String(dial.ends[0]), max: String(dial.ends[1]), step: 'any', value: String(dial.p50),
    'aria-describedby': `${id}-says`,
  }));
  const drawn = dial.p10 !== null;
  const mode = /** @type {HTMLSelectElement} */ (made('select', { 'aria-label': `${dial.label}: what the slider does` },
    made('option', { value: 'move' }, 'move'), made('option', { value: 'fix' }, 'fix at')));
  const wider = made('button', { type: 'button', 'aria-label': `${dial.label}: wider` }, 'wider');
  const narrower = made('button', { type: 'button', 'aria-label': `${dial.label}: narrower` }, 'narrower');
  const back = made('button', { type: 'button', 'aria-label': `${dial.label}: set back` }, 'set back');
  const says = made('span', { class: 'states', id: `${id}-says` }, dial.states);
  let width = 1;
  /** To a step: what is turned by hand is a number that is easily read. @param {number} to */
  const even = (to) => {
    const near = Number((Math.round(to / dial.step) * dial.step).toPrecision(10));
    return Math.min(dial.ends[1], Math.max(dial.ends[0], near));
  };
  const turn = () => {
    const to = even(Number(range.value));
    turned(dial.key, drawn && mode.value === 'move' ? { move: { key: dial.key, to, width } } : { fix: { key: dial.key, to } });
  };
  range.addEventListener('input', turn);
  mode.addEventListener('change', turn);
  const wide = (/** @type {number} */ times) => () => {
    width = Math.min(4, Math.max(0.1, width * times));
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
    range.value = String(even(Number(range.value) + by * dial.step));
    turn();
  });
  own.append(
    made('h3', {}, made('label', { for: id }, dial.label)),
    says, picture(dial), range,
    made('div', { class: 'row' }, ...(drawn ? [mode, narrower, wider] : []), back),
    made('details', {}, made('summary', {}, `Plan ${dial.plan_words}. Where it comes from`),
      made('p', {}, dial.source === '' ? 'No source is stated.' : `${dial.source}${dial.confidence === '' ? '' : ` (confidence ${dial.confidence})`}`)),
  );
  return {
    key: dial.key,
    own,
    focus: () => range.focus(),
    /** Shows what it is turned to. @param {Turn | undefined} now @param {string | undefined} words */
    set(now, words) {
      own.classList.toggle('changed', now !== undefined);
      says.textContent = words ?? dial.states;
      range.setAttribute('aria-valuetext', words ?? dial.states);
      if (now === undefined) {
        width = 1;
        range.value = String(dial.p50);
      } else if (now.move !== undefined) {
        ({ width } = now.move);
        mode.value = 'move';
        range.value = String(now.move.to);
      } else if (now.fix !== undefined) {
        mode.value = 'fix';
        range.value = String(now.fix.to);
      }
    },
  };
}

/** @param {Lever} lever @param {(key: string, turn: Turn | null) => void} turned */
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
  return {
    key: lever.key,
    own: made('div', {}, made('label', { for: id }, lever.label), control),
    /** @param {Turn | undefined} now */
    set(now) {
      const text = now?.set?.text;
      if (document.activeElement === control && text !== undefined) return;
      control.value = text === undefined ? lever.now : text.slice(lever.key.length + 1).replace(/^"(.*)"$/, '$1');
    },
  };
}
