// Workers that share out the blocks of one question. Their counts are added up by the first of them, which tells the answer.
'use strict';

/** Trials of the first answer, of the settled one, and of the one that is made when nobody asks for another. */
const STAGES = [2048, 20000, 100000];
/** How often workers are started again for one question, or to be opened. */
const MOST_RESTARTS = 3;
/** Milliseconds without a change after which more is worked out. */
const IDLE = 700;
/** Milliseconds after which a worker that says nothing is taken for dead. */
const PATIENCE = 20000;
/** Milliseconds between one look at the workers and the next. */
const LOOK = 1000;

/**
 * @typedef {{
 *   shown: (answer: any, last: boolean) => void,
 *   understood: (found: any) => void,
 *   wrong: (text: string) => void,
 *   restarted: () => void,
 *   ended: (text: string) => void,
 * }} Watcher
 * @typedef {{verb: number, request: unknown, again: boolean, done: (found: any) => void, failed: (why: Error) => void}} Job
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
  /** Which workers these are: what those before them still say is not listened to. */
  let generation = 0;
  let opening = '';
  /** Who waits for the scenarios to be opened. @type {{done: (found: any) => void, failed: (why: Error) => void} | null} */
  let opened = null;
  let isOpen = false;
  /** The question that is asked now. */
  let now = { id: 0, ask: /** @type {any} */ (null), stages: STAGES, whole: /** @type {(trials: number) => boolean} */ (() => true) };
  /** Counts that came in for it. @type {Map<number, Uint8Array[]>} */
  let parts = new Map();
  let acknowledged = 0;
  /** A question that waits until the one before it is understood by all. @type {any} */
  let waiting = null;
  /** @type {Map<number, Job>} */
  const jobs = new Map();
  let jobNumber = 0;
  let restarts = 0;
  let timer = 0;
  let patience = PATIENCE;
  /** Workers that have not answered yet to being looked for, and since when. @type {Set<Worker>} */
  let silent = new Set();
  let since = 0;
  let hasEnded = false;

  function start() {
    generation += 1;
    const own = generation;
    isOpen = false;
    patience = PATIENCE;
    silent = new Set();
    workers.forEach((worker) => worker.terminate());
    workers = Array.from({ length: count }, () => {
      const worker = new Worker(source);
      worker.onmessage = (event) => {
        silent.delete(worker);
        if (own === generation) took(event.data);
      };
      worker.onerror = () => { if (own === generation) restart(); };
      return worker;
    });
    workers.forEach((worker) => worker.postMessage({ kind: 'open', module, opening }));
  }

  /** Looks whether every worker is alive: a browser ends one without a word. */
  function look() {
    if (hasEnded || opening === '') return;
    if (silent.size > 0) {
      if (performance.now() - since > patience) restart();
      return;
    }
    silent = new Set(workers);
    since = performance.now();
    workers.forEach((worker) => worker.postMessage({ kind: 'look' }));
  }

  /** A module that has trapped, or a worker that was killed, is replaced, and all that is open is asked again. */
  function restart() {
    restarts += 1;
    if (restarts > MOST_RESTARTS) return giveUp();
    start();
    watcher.restarted();
    const { ask, stages, whole } = waiting ?? now;
    waiting = null;
    if (ask !== null) send(ask, stages, whole);
    jobs.forEach((job, id) => {
      // What was asked again already may be what the engine stops at.
      if (job.again) return fail(id, 'The engine stopped at this.');
      job.again = true;
      workers[0]?.postMessage({ kind: 'do', id, verb: job.verb, request: job.request });
    });
  }

  /** What the engine stops at every time is not asked for ever. */
  function giveUp() {
    const { id, ask } = now;
    clearTimeout(timer);
    now = { ...now, id: id + 1, ask: null };
    waiting = null;
    Array.from(jobs.keys()).forEach((job) => fail(job, 'The engine stopped at this.'));
    if (!isOpen) return end('The engine stops when it is started.');
    restarts = 0;
    start();
    if (ask !== null) watcher.wrong('the engine stops at this question.');
  }

  /** @param {string} text */
  function end(text) {
    hasEnded = true;
    workers.forEach((worker) => worker.terminate());
    opened?.failed(new Error(text));
    opened = null;
    watcher.ended(text);
  }

  /** @param {number} id @param {string} text */
  function fail(id, text) {
    jobs.get(id)?.failed(new Error(text));
    jobs.delete(id);
  }

  /** @param {any} message */
  function took(message) {
    const { kind, id } = message;
    if (kind === 'broken') return restart();
    if (kind === 'opened') {
      isOpen = true;
      opened?.done(message.found);
      opened = null;
    } else if (kind === 'unopened') {
      opened?.failed(new Error(message.text));
      opened = null;
    } else if (kind === 'did') {
      jobs.get(id)?.done(message.found);
      jobs.delete(id);
    } else if (id < 0) {
      fail(id, message.text);
    } else if (id === now.id) {
      of(message);
    }
  }

  /** What is said of the question that is asked now. @param {any} message */
  function of(message) {
    const { kind, id } = message;
    if (kind === 'wrong') {
      // Every worker says so; once is enough.
      if (now.ask === null) return;
      acknowledged = count;
      now = { ...now, ask: null };
      watcher.wrong(message.text);
      next();
    } else if (kind === 'understood') {
      if (acknowledged === 0) watcher.understood(message.found);
      acknowledged += 1;
      next();
    } else if (kind === 'counted') {
      counted(message);
    } else if (kind === 'told') {
      const last = message.found.trials === now.stages[now.stages.length - 1];
      if (last) restarts = 0;
      watcher.shown(message.found, last);
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
    now = { id: now.id + 1, ask, stages, whole };
    parts = new Map();
    acknowledged = 0;
    workers.forEach((worker, k) => {
      const mine = { ...ask, worker: k, workers: count };
      worker.postMessage({ kind: 'ask', id: now.id, ask: mine, trials: stages[0] });
    });
  }

  setInterval(look, LOOK);

  return {
    /** Opens the page's scenarios, given as text so that every number keeps its digits. @param {string} text @returns {Promise<any>} */
    open(text) {
      opening = text;
      clearTimeout(timer);
      now = { ...now, id: now.id + 1, ask: null };
      waiting = null;
      restarts = 0;
      return new Promise((done, failed) => {
        opened = { done, failed };
        start();
      });
    },
    /** Asks a question. One that has not begun to be counted is passed over. @param {any} ask @param {number[]} stages @param {(trials: number) => boolean} whole */
    ask(ask, stages, whole) {
      if (hasEnded) return;
      restarts = 0;
      if (now.ask !== null && acknowledged < count) waiting = { ask, stages, whole };
      else send(ask, stages, whole);
    },
    /** Has the first worker do something else. @param {number} verb @param {unknown} request @returns {Promise<any>} */
    do(verb, request) {
      if (hasEnded) return Promise.reject(new Error('The engine has stopped.'));
      jobNumber -= 1;
      const id = jobNumber;
      return new Promise((done, failed) => {
        jobs.set(id, { verb, request, again: false, done, failed });
        workers[0]?.postMessage({ kind: 'do', id, verb, request });
      });
    },
    /** Ends a worker without a word, as a browser may, and waits less long to find out: for tests. @param {number} k @param {number} [wait] */
    kill(k, wait) {
      patience = wait ?? patience;
      workers[k]?.terminate();
    },
    workers: count,
  };
}
