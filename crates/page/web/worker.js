// A worker: counts its blocks of the question in slices, and looks for messages between them.
'use strict';

/** Milliseconds of a slice at most, but for a single block that takes longer. */
const SLICE = 8;

/** @type {ReturnType<typeof engineOf> | null} */
let engine = null;
/** The question being counted, and up to how many trials. @type {{id: number, trials: number} | null} */
let task = null;

const turns = new MessageChannel();
turns.port1.onmessage = () => work();

function soon() {
  turns.port2.postMessage(0);
}

function work() {
  if (engine === null || task === null) return;
  const began = performance.now();
  const { id, trials } = task;
  try {
    while (engine.ask(COUNT, trials) !== null) {
      if (performance.now() - began >= SLICE) return soon();
    }
    task = null;
    const counts = engine.bytes(TAKE, new Uint8Array());
    postMessage({ kind: 'counted', id, trials, counts }, { transfer: counts === null ? [] : [counts.buffer] });
  } catch (why) {
    failed(id, why);
  }
}

/** @param {number | undefined} id none where the scenarios could not be opened @param {unknown} why */
function failed(id, why) {
  // What a page does beside its question leaves the question alone.
  if (id === undefined || id >= 0) task = null;
  // A module that has trapped is done with; what is wrong with a question is told in words.
  const broken = why instanceof WebAssembly.RuntimeError;
  const wrong = id === undefined ? 'unopened' : 'wrong';
  postMessage({ kind: broken ? 'broken' : wrong, id, text: why instanceof Error ? why.message : String(why) });
}

/** @type {Record<string, (message: any) => void>} */
const answers = {
  open({ module, opening }) {
    engine = engineOf(module);
    postMessage({ kind: 'opened', found: engine.ask(OPEN, opening) });
  },
  look() {
    postMessage({ kind: 'here' });
  },
  ask({ id, ask, trials }) {
    task = null;
    const found = engine?.ask(ASK, ask);
    task = { id, trials };
    postMessage({ kind: 'understood', id, found });
    soon();
  },
  further({ id, trials }) {
    task = { id, trials };
    soon();
  },
  tell({ id, trials, whole, parts }) {
    for (const part of parts) engine?.bytes(MERGE, part);
    postMessage({ kind: 'told', id, found: engine?.ask(TELL, { trials, whole }) });
  },
  do({ id, verb, request }) {
    postMessage({ kind: 'did', id, found: engine?.ask(verb, request) });
  },
};

onmessage = (/** @type {MessageEvent} */ event) => {
  const { kind, id } = event.data;
  try {
    answers[kind]?.(event.data);
  } catch (why) {
    failed(id, why);
  }
};
