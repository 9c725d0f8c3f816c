// The engine's module as functions: a verb with a request, an answer back. The numbers of the verbs are those of src/bridge.rs.
'use strict';

const OPEN = 0, ASK = 1, COUNT = 2, TAKE = 3, MERGE = 4, TELL = 5, DIALS = 6, EXPORT = 7, READ = 8;

/**
 * @param {WebAssembly.Module} module
 * @returns {{bytes: (verb: number, request: Uint8Array) => Uint8Array | null, ask: (verb: number, request: unknown) => any}}
 */
function engineOf(module) {
  /** @type {any} */
  const made = new WebAssembly.Instance(module).exports;
  const bytes = (/** @type {number} */ verb, /** @type {Uint8Array} */ request) => {
    const at = made.room(request.length);
    new Uint8Array(made.memory.buffer, at, request.length).set(request);
    const code = made.call(verb);
    if (code === 2) return null;
    const found = new Uint8Array(made.memory.buffer, made.found(), made.found_length()).slice();
    if (code === 1) throw new Error(new TextDecoder().decode(found));
    return found;
  };
  const ask = (/** @type {number} */ verb, /** @type {unknown} */ request) => {
    const text = typeof request === 'string' && verb === OPEN ? request : JSON.stringify(request);
    const found = bytes(verb, new TextEncoder().encode(text));
    if (found === null) return null;
    if (verb === EXPORT) return new TextDecoder().decode(found);
    return found.length === 0 ? true : JSON.parse(new TextDecoder().decode(found));
  };
  return { bytes, ask };
}
