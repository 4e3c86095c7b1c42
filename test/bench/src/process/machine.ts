/** What was measured on, and with which versions of what. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, release, totalmem, type as systemType } from 'node:os';
import { root } from '../server-files.js';
import type { Machine } from '../results.js';
import { cores } from './cores.js';

const packages = [
  '@nestjs/core',
  'fastify',
  'express',
  'passport-jwt',
  'jsonwebtoken',
  '@nestjs/passport',
  '@nestjs/jwt',
  '@fastify/jwt',
  'fast-jwt',
  'express-jwt',
  'better-auth',
  'lru-cache',
  'redis',
  'mongoose',
  'libsql',
  'autocannon',
];

export function describeMachine(): Machine {
  const [first] = cpus();
  return {
    processor: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${systemType()} ${release()}`,
    pinning: cores.describe(),
    versions: {
      node: process.versions.node,
      openssl: process.versions.openssl,
      ...Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
    },
    commit: git('describe', '--always', '--dirty'),
  };
}

/** From the file, because not every package exports its package.json. */
function versionOf(name: string): string {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    try {
      const manifest = readFileSync(`${folder}/${name}/package.json`, 'utf8');
      return (JSON.parse(manifest) as { version: string }).version;
    } catch {
      // The next folder may have it.
    }
  }
  return 'not installed';
}

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return 'unknown';
  }
}
