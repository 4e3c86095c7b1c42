// @ts-check
/**
 * `npm run start:dev`: compiles on every change, as `tsc -b --watch` does, and after each build
 * without errors starts the server anew. While there are errors the last good one goes on.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import ts from 'typescript';

const project = 'tsconfig.build.json';
const entryPoint = 'dist/main.js';
/** Longer than a shutdown waits for requests under way. */
const secondsToStop = 10;

/** @type {import('node:child_process').ChildProcess | undefined} */
let server;
/** One after the other: a second server would find the port and the data folder taken. */
let queue = Promise.resolve();

async function start() {
  await stop();
  const child = spawn(process.execPath, ['--enable-source-maps', entryPoint], { stdio: 'inherit' });
  server = child;
  child.on('exit', (code, signal) => {
    if (server !== child) return;
    server = undefined;
    console.error(
      `The server ended (${signal ?? `exit code ${code}`}); it starts again on a change.`,
    );
  });
}

async function stop() {
  const child = server;
  server = undefined;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), secondsToStop * 1000);
  await ended;
  clearTimeout(timer);
}

const formatHost = {
  getCanonicalFileName: (/** @type {string} */ name) => name,
  getCurrentDirectory: ts.sys.getCurrentDirectory,
  getNewLine: () => ts.sys.newLine,
};
const print = (/** @type {ts.Diagnostic} */ diagnostic) => {
  console.error(ts.formatDiagnosticsWithColorAndContext([diagnostic], formatHost).trimEnd());
};

/** TS6194, "Found 0 errors. Watching for file changes.": the compiler hands the number on in no other way. */
const foundErrors = 6194;
const host = ts.createSolutionBuilderWithWatchHost(
  ts.sys,
  ts.createEmitAndSemanticDiagnosticsBuilderProgram,
  print,
  undefined,
  ({ code, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    console.error(text);
    if (code === foundErrors && /\b0\b/.test(text)) queue = queue.then(start);
  },
);
const builder = ts.createSolutionBuilderWithWatch(host, [project], {});

let isEnding = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (isEnding) return;
    isEnding = true;
    queue = queue.then(stop).then(() => process.exit(0));
  });
}

// Whatever ends this process must not leave a server behind on the port.
process.on('exit', () => server?.kill());

builder.build();
