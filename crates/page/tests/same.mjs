// The module beside the command line: the same JSON and the same page, byte for byte, for a dozen changes, with 1, 2 and 5 workers.
// node same.mjs ENGINE.wasm[.gz] ALLIANCE SCENARIO…
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { execFileSync } from 'node:child_process';
import { check, done } from './drive.mjs';

const [wasm, alliance, ...files] = process.argv.slice(2);
const bytes = fs.readFileSync(wasm);
const module = new WebAssembly.Module(wasm.endsWith('.gz') ? zlib.gunzipSync(bytes) : bytes);
check('the module imports nothing', WebAssembly.Module.imports(module).length === 0);

const [OPEN, ASK, COUNT, TAKE, MERGE, TELL, DIALS, EXPORT] = [0, 1, 2, 3, 4, 5, 6, 7];
function engine() {
  const made = new WebAssembly.Instance(module).exports;
  return (verb, request) => {
    const own = request instanceof Uint8Array ? request : new TextEncoder().encode(typeof request === 'string' ? request : JSON.stringify(request));
    // Room may move the memory: it is looked at afterwards.
    const at = made.room(own.length);
    new Uint8Array(made.memory.buffer, at, own.length).set(own);
    const code = made.call(verb);
    const found = new Uint8Array(made.memory.buffer, made.found(), made.found_length()).slice();
    if (code === 1) throw new Error(new TextDecoder().decode(found));
    return code === 2 ? null : found;
  };
}
const json = (found) => JSON.parse(new TextDecoder().decode(found));

const TRIALS = 2500;
function native(verb, file, texts) {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), 'alliance-same-'));
  const set = texts.flatMap((text) => ['--set', text]);
  const printed = execFileSync(alliance, [verb, file, ...set, '--trials', TRIALS, '--seed', '2015', '--format', 'json', '--no-charts', '--report',
    '--out', out, '--replace'], { maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'ignore'] });
  const found = { hash: crypto.createHash('sha256').update(printed).digest('hex'), report: fs.readFileSync(path.join(out, 'report.html'), 'utf8') };
  fs.rmSync(out, { recursive: true });
  return found;
}

for (const file of files) {
  const resolved = execFileSync(alliance, ['check', '--resolved', file], { maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  const { name, title } = JSON.parse(resolved);
  const commit = process.env.ALLIANCE_COMMIT ?? JSON.parse(execFileSync(alliance, ['run', file, '--trials', '100', '--format', 'json', '--no-charts',
    '--out', fs.mkdtempSync(path.join(os.tmpdir(), 'alliance-same-')), '--replace'], { maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'ignore'] })).run.commit;
  const simulated = `{"name":${JSON.stringify(name)},"title":${JSON.stringify(title)},"sources":[${JSON.stringify(file)}],"resolved":${resolved}}`;
  const opening = `{"scenarios":[${simulated}],"commit":${JSON.stringify(commit)}}`;
  const engines = Array.from({ length: 5 }, () => { const own = engine(); own(OPEN, opening); return own; });
  const { dials, levers } = json(engines[0](DIALS, '0'));
  const drawn = dials.filter((dial) => dial.p10 !== null);
  const some = (count) => Array.from({ length: count }, (_, k) => drawn[Math.floor((k * drawn.length) / count)]).filter(Boolean);
  const turns = [
    [],
    ...some(4).map((dial) => [{ fix: { key: dial.key, to: dial.p90 } }]),
    ...some(4).map((dial) => [{ move: { key: dial.key, to: dial.p10, width: 1.2 } }]),
    ...levers.filter((lever) => lever.choices.length > 1).slice(0, 2)
      .map((lever) => [{ set: { text: `${lever.key}=${JSON.stringify(lever.choices.find((choice) => choice !== lever.now))}` } }]),
    [...some(3).map((dial) => ({ fix: { key: dial.key, to: dial.p50 } }))],
    [{ set: { text: 'economy.pay_share=0.8' } }],
  ];
  for (const changes of turns) {
    let wanted = null;
    for (const workers of [1, 2, 5]) {
      const used = engines.slice(0, workers);
      let texts = [];
      try {
        used.forEach((own, k) => {
          const ask = { scenario: 0, changes, view: 'answer', trials: 100000, seed: 2015, question: null, requested_by: null, date: null, worker: k, workers };
          texts = json(own(ASK, ask)).changes.map((change) => change.text);
        });
      } catch (why) {
        check(`${name}: ${JSON.stringify(changes)}`, false, why.message);
        break;
      }
      used.map((own) => { while (own(COUNT, String(TRIALS)) !== null); return own(TAKE, new Uint8Array()); }).forEach((part) => used[0](MERGE, part));
      const told = json(used[0](TELL, { trials: TRIALS, whole: true }));
      wanted ??= native(changes.length > 0 ? 'what-if' : 'run', file, texts);
      check(`${name}, ${workers} workers: ${texts.join(' ') || 'as written'}`, told.hash === wanted.hash, `${told.hash} and ${wanted.hash}`);
      if (workers === 2) {
        const report = new TextDecoder().decode(used[0](EXPORT, '"report"'));
        check('  its page with every chart', report === wanted.report, `${report.length} and ${wanted.report.length} bytes`);
      }
    }
  }
}
done();
