// Workers that share out the blocks of one question. Their counts are added up by the first of them, which tells the answer.
'use strict';

/** Trials of the first answer, of the settled one, and of the one that is made when nobody asks for another. */
const STAGES = [2048, 20000, 100000];
/** How often a question is asked again of an engine that has stopped. */
const MOST_RESTARTS = 3;
/** Milliseconds without a change after which more is worked out. */
const IDLE = 700;

/**
 * @typedef {{
 *   shown: (id: number, answer: any, last: boolean) => void,
 *   understood: (id: number, found: any) => void,
 *   wrong: (id: number, text: string) => void,
 * }} Watcher
 */

/**
 * @param {WebAssembly.Module} module
 * @param {number} count how many workers
 * @param {Watcher} watcher
 */
function poolOf(module, count, watcher) {
  const source = URL.createObjectURL(new Blob([element('worker').textContent ?? ''], { type: 'text/javascript' }));
  /** @type {Worker[]} */
  let workers = [];
  let opening = '';
  /** The question that is asked now. */
  let now = { id: 0, ask: /** @type {any} */ (null), stages: STAGES, stage: 0, whole: /** @type {(trials: number) => boolean} */ (() => true) };
  /** Counts that came in for it. @type {Map<number, Uint8Array[]>} */
  let parts = new Map();
  let acknowledged = 0;
  /** A question that waits until the one before it is understood by all. @type {any} */
  let waiting = null;
  /** @type {Map<number, {done: (found: any) => void, failed: (why: Error) => void}>} */
  const jobs = new Map();
  let jobNumber = 0;
  /** How often the engine was started again since it last told an answer. */
  let restarts = 0;
  let timer = 0;

  function start() {
    workers.forEach((worker) => worker.terminate());
    workers = Array.from({ length: count }, () => {
      const worker = new Worker(source);
      worker.onmessage = (event) => took(event.data);
      worker.onerror = () => restart();
      return worker;
    });
  }

  /** A module that has trapped, or a worker that was killed, is replaced, and the question asked again. */
  function restart() {
    start();
    const failed = new Error('The engine had to be started again.');
    jobs.forEach((job) => job.failed(failed));
    jobs.clear();
    workers.forEach((worker) => worker.postMessage({ kind: 'open', module, opening }));
    restarts += 1;
    const { id, ask, stages, whole } = now;
    if (ask === null) return;
    if (restarts < MOST_RESTARTS) return send(ask, stages, whole);
    // A question at which the engine stops every time is not asked for ever.
    now = { ...now, ask: null };
    watcher.wrong(id, 'the engine stops at this question.');
  }

  /** @param {any} message */
  function took(message) {
    if (message.kind === 'did' || (message.kind === 'wrong' && message.id < 0)) {
      const job = jobs.get(message.id);
      jobs.delete(message.id);
      if (message.kind === 'did') job?.done(message.found);
      else job?.failed(new Error(message.text));
      return;
    }
    if (message.kind === 'broken') return restart();
    if (message.kind === 'opened') return void opened?.(message.found);
    if (message.id !== now.id) return;
    if (message.kind === 'wrong') {
      // Every worker says so; once is enough.
      if (now.ask === null) return;
      acknowledged = count;
      now = { ...now, ask: null };
      watcher.wrong(message.id, message.text);
      return next();
    }
    if (message.kind === 'understood') {
      if (acknowledged === 0) watcher.understood(message.id, message.found);
      acknowledged += 1;
      return next();
    }
    if (message.kind === 'counted') return counted(message);
    if (message.kind === 'told') {
      restarts = 0;
      const last = message.found.trials === now.stages[now.stages.length - 1];
      watcher.shown(message.id, message.found, last);
    }
  }

  /** @param {{id: number, trials: number, counts: Uint8Array}} message */
  function counted({ id, trials, counts }) {
    const all = parts.get(trials) ?? [];
    all.push(counts);
    parts.set(trials, all);
    if (all.length < count) return;
    const stage = now.stages.indexOf(trials);
    workers[0]?.postMessage({ kind: 'tell', id, trials, whole: now.whole(trials), parts: all });
    parts.delete(trials);
    const after = now.stages[stage + 1];
    if (after === undefined) return;
    const go = () => workers.forEach((worker) => worker.postMessage({ kind: 'further', id, trials: after }));
    if (stage === 0) return go();
    clearTimeout(timer);
    timer = setTimeout(() => { if (now.id === id) go(); }, IDLE);
  }

  /** Asks what waits, once the workers have looked up. */
  function next() {
    if (waiting === null || acknowledged < count) return;
    const { ask, stages, whole } = waiting;
    waiting = null;
    send(ask, stages, whole);
  }

  /** @param {any} ask @param {number[]} stages @param {(trials: number) => boolean} whole */
  function send(ask, stages, whole) {
    clearTimeout(timer);
    now = { id: now.id + 1, ask, stages, stage: 0, whole };
    parts = new Map();
    acknowledged = 0;
    workers.forEach((worker, k) => {
      const mine = { ...ask, worker: k, workers: count };
      worker.postMessage({ kind: 'ask', id: now.id, ask: mine, trials: stages[0] });
    });
  }

  /** @type {((found: any) => void) | null} */
  let opened = null;
  start();

  return {
    /** Opens the page's scenarios, given as text so that every number keeps its digits. @param {string} text */
    open(text) {
      opening = text;
      return new Promise((done) => {
        opened = done;
        workers.forEach((worker) => worker.postMessage({ kind: 'open', module, opening }));
      });
    },
    /** Asks a question. One that has not begun to be counted is passed over. @param {any} ask @param {number[]} stages @param {(trials: number) => boolean} whole */
    ask(ask, stages, whole) {
      if (now.ask !== null && acknowledged < count) waiting = { ask, stages, whole };
      else send(ask, stages, whole);
    },
    /** Has the first worker do something else. @param {number} verb @param {unknown} request @returns {Promise<any>} */
    do(verb, request) {
      jobNumber -= 1;
      const id = jobNumber;
      return new Promise((done, failed) => {
        jobs.set(id, { done, failed });
        workers[0]?.postMessage({ kind: 'do', id, verb, request });
      });
    },
    /** Ends a worker, as a browser may: for tests. @param {number} k */
    kill(k) {
      workers[k]?.terminate();
      restart();
    },
    workers: count,
  };
}
