// The module beside the command line: the same JSON and the same page, byte for byte, for a dozen changes, with 1, 2 and 5 workers; and
// what leaves the page, in every view, asked of the command line as it stands.
// node same.mjs ENGINE.wasm[.gz] ALLIANCE SCENARIO…
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { execFileSync } from 'node:child_process';
import { check, done } from './drive.mjs';

const [wasm, program, ...files] = process.argv.slice(2);
const alliance = path.resolve(program);
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
const text = (found) => new TextDecoder().decode(found);
const json = (found) => JSON.parse(text(found));
const sha = (printed) => crypto.createHash('sha256').update(printed).digest('hex');
const quiet = (own, words, cwd) => execFileSync(own, words, { cwd, maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'ignore'] });

const TRIALS = 2500;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alliance-same-'));
const out = path.join(folder, 'out');
function native(verb, file, texts) {
  const set = texts.flatMap((own) => ['--set', own]);
  const printed = quiet(alliance, [verb, file, ...set, '--trials', TRIALS, '--seed', '2015', '--format', 'json', '--no-charts', '--report', '--out', out, '--replace']);
  return { hash: sha(printed), report: fs.readFileSync(path.join(out, 'report.html'), 'utf8') };
}

/** What a page is given of scenarios. */
function opening(of, set) {
  const commit = process.env.ALLIANCE_COMMIT
    ?? JSON.parse(quiet(alliance, ['run', of[0], '--trials', '100', '--format', 'json', '--no-charts', '--out', out, '--replace'])).run.commit;
  const scenarios = of.map((file) => {
    const resolved = text(quiet(alliance, ['check', '--resolved', file, ...set.flatMap((own) => ['--set', own])]));
    const { name, title } = JSON.parse(resolved);
    return `{"name":${JSON.stringify(name)},"title":${JSON.stringify(title)},"sources":[${JSON.stringify(path.basename(file))}],"resolved":${resolved}}`;
  });
  return `{"scenarios":[${scenarios.join(',')}],"commit":${JSON.stringify(commit)},"set":${JSON.stringify(set)}}`;
}

/** Has engines count what is asked, and the first of them tell it. */
function told(used, asked) {
  const ask = { scenario: 0, changes: [], view: 'answer', trials: 100000, seed: 2015, question: null, requested_by: null, date: null, ...asked };
  const understood = used.map((own, k) => json(own(ASK, { ...ask, worker: k, workers: used.length })));
  used.map((own) => { while (own(COUNT, String(TRIALS)) !== null); return own(TAKE, new Uint8Array()); }).forEach((part) => used[0](MERGE, part));
  return { texts: understood[0].changes.map((change) => change.text), understood: understood[0], ...json(used[0](TELL, { trials: TRIALS, whole: true })) };
}

/** Changes of every kind. */
function changesOf(engine) {
  const { dials, levers } = json(engine(DIALS, '0'));
  const some = (all, count) => Array.from({ length: count }, (_, k) => all[Math.floor((k * all.length) / count)]).filter(Boolean);
  const drawn = dials.filter((dial) => dial.reach !== null);
  const toEnd = (dial, part) => dial.p50 + (dial.ends[1] - dial.p50) * part;
  return [
    ...some(drawn, 4).map((dial) => [{ fix: { key: dial.key, to: toEnd(dial, 0.5) } }]),
    ...some(drawn.filter((dial) => dial.reach === 'whole'), 4).map((dial) => [{ move: { key: dial.key, to: toEnd(dial, 0.2), width: 0.9 } }]),
    ...some(drawn.filter((dial) => dial.reach === 'move'), 2).map((dial) => [{ move: { key: dial.key, to: toEnd(dial, 0.2), width: 1 } }]),
    ...levers.filter((lever) => lever.choices.length > 1).slice(0, 2)
      .map((lever) => [{ set: { text: `${lever.key}=${JSON.stringify(lever.choices.find((choice) => choice !== lever.now))}` } }]),
    [...some(drawn, 3).map((dial) => ({ fix: { key: dial.key, to: dial.p50 } }))],
    [{ set: { text: 'economy.pay_share=0.8' } }],
  ];
}

for (const file of files) {
  const name = path.basename(file);
  const given = opening([file], []);
  const engines = Array.from({ length: 5 }, () => { const own = engine(); own(OPEN, given); return own; });
  for (const changes of [[], ...changesOf(engines[0])]) {
    let wanted = null;
    for (const workers of [1, 2, 5]) {
      const used = engines.slice(0, workers);
      let found;
      try {
        found = told(used, { changes });
      } catch (why) {
        check(`${name}: ${JSON.stringify(changes)}`, false, why.message);
        break;
      }
      wanted ??= native(changes.length > 0 ? 'what-if' : 'run', file, found.texts);
      check(`${name}, ${workers} workers: ${found.texts.join(' ') || 'as written'}`, found.hash === wanted.hash, `${found.hash} and ${wanted.hash}`);
      if (workers === 2) {
        const report = text(used[0](EXPORT, '"report"'));
        check('  its page with every chart', report === wanted.report, `${report.length} and ${wanted.report.length} bytes`);
      }
    }
  }
}

/** Runs what the page says a command line answers with the same figures: in a shell, in the folder of the scenarios. */
function exported(own, what, asked) {
  const found = told([own], asked);
  const command = text(own(EXPORT, '"command"'));
  const beside = path.join(home, `.commission-${process.pid}.toml`);
  const run = (words) => sha(quiet('sh', ['-c', `${words.replace(/^alliance /, `'${alliance}' `).replace(' commission.toml ', ` '${beside}' `)} --format json --no-charts --out '${out}' --replace`], home));
  try {
    let commission = null;
    try {
      commission = text(own(EXPORT, '"commission"'));
      fs.writeFileSync(beside, commission);
    } catch (why) {
      check(`  ${what}: a commission that asks nothing is refused in words`, asked.view !== 'answer' || asked.changes.length === 0, why.message);
    }
    check(`${what}: ${command}`, run(command) === found.hash);
    check('  its figures, downloaded', sha(own(EXPORT, '"json"')) === found.hash);
    if (commission !== null) check('  its commission', run(commission.match(/^# (.*)$/m)[1]) === found.hash, commission);
    check('  a command that needs the commission says so', command.includes('commission.toml') === found.understood.needs_commission);
  } finally {
    fs.rmSync(beside, { force: true });
  }
}

const two = files.slice(0, 2);
const home = path.dirname(path.resolve(two[0]));
for (const set of [[], ['economy.pay_share=0.79', 'years=20']]) {
  const own = engine();
  own(OPEN, opening(two, set));
  const some = changesOf(own);
  // The first is of a key that the page was written with too.
  const changes = [{ set: { text: 'economy.pay_share=0.8' } }, ...some[5]];
  for (const view of ['answer', 'alone', 'compare']) {
    for (const made of view === 'alone' ? [changes] : [[], changes]) {
      for (const said of [{}, { question: 'What "if"?', requested_by: "The commissioner's office", date: '2026-11' }]) {
        const what = `${set.length > 0 ? 'written with --set' : 'as written'}, ${view}, ${made.length} changes, ${Object.keys(said).length > 0 ? 'a question' : 'no question'}`;
        exported(own, what, { view, changes: made, ...said });
      }
    }
  }
}
fs.rmSync(folder, { recursive: true });
done();
