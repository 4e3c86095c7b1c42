import { areaOf, isFeature, isLeftOf, isStoreAdapter, roleOf } from './areas.js';
import type { Import } from './find-imports.js';

/** Says what is wrong with an import, or null. */
export type Rule = (imported: Import) => string | null;

/** Imports against the order that stay, each with its reason. */
export const exceptions: readonly Pick<Import, 'from' | 'to'>[] = [
  // The default application's policy is set by the environment; a type, gone from what runs.
  { from: 'src/config/environment.ts', to: 'src/applications/application.ts' },
];

export const followsTheOrder: Rule = ({ from, to, isFile, isTypeOnly }) => {
  if (!isFile || !from.startsWith('src/')) return null;
  const [mine, theirs] = [areaOf(from), areaOf(to)];
  if (mine === null) return `the folder of ${from} has no place in areas.ts: give it one`;
  if (isTypeOnly && exceptions.some((one) => one.from === from && one.to === to)) return null;
  if (theirs === null || !isLeftOf(theirs, mine)) return null;
  return `${mine} must not know ${theirs}: move what both need to the right, or turn the call around with a port`;
};

/** What one feature shows another, by the role in the file's name. */
const shown = ['module', 'service', 'errors', 'response', 'minter', ''];

export const entersFeaturesByTheirDoors: Rule = ({ from, to, isFile, isTypeOnly }) => {
  const [mine, theirs] = [areaOf(from), areaOf(to)];
  if (!isFile || mine === null || theirs === null || mine === theirs) return null;
  if (mine === 'main' || mine === 'app' || !isFeature(theirs)) return null;
  if (shown.includes(roleOf(to)) && !isStoreAdapter(to)) return null;
  // The words of a query or a change; never the store itself.
  if (isTypeOnly && roleOf(to) === 'store') return null;
  return `${to} belongs to ${theirs} alone: of another feature import its module, service, errors, plain types and responses`;
};

export const keepsAdaptersBehindPorts: Rule = ({ from, to, isFile }) => {
  if (!isFile || !isStoreAdapter(to)) return null;
  const isInside =
    areaOf(from) === areaOf(to) && (isStoreAdapter(from) || roleOf(from) === 'module');
  return isInside ? null : `${to} is bound in its own module; everybody else takes the port`;
};

export const keepsEnginesBehindStores: Rule = ({ from, to, isFile }) => {
  if (!isFile || !/^src\/storage\/(mongo|sqlite)\//.test(to)) return null;
  if (isStoreAdapter(from) || from.startsWith('src/storage/')) return null;
  return `${to} is for store adapters (*.store.mongo.ts, *.store.sqlite.ts)`;
};

const httpNeeds = /^src\/(config\/|storage\/[^/]+\.errors\.ts$|storage\/page\.ts$)/;

export const keepsHttpFreeOfFeatures: Rule = ({ from, to, isFile }) => {
  const [mine, theirs] = [areaOf(from), areaOf(to)];
  if (!isFile || mine !== 'http' || theirs === 'http' || httpNeeds.test(to)) return null;
  return 'http serves every feature and knows none: only config, storage errors and @portcullis/auth';
};

export const takesOnlyDecoratorsFromHttp: Rule = ({ from, to, isFile }) => {
  const [mine, theirs] = [areaOf(from), areaOf(to)];
  if (!isFile || theirs !== 'http' || mine === 'http' || mine === 'main' || mine === 'app')
    return null;
  const isForHandlers =
    /^src\/http\/[^/]+$/.test(to) && ['', 'decorator', 'errors', 'response'].includes(roleOf(to));
  return isForHandlers
    ? null
    : `${to} is machinery of the way in and out: take only decorators and errors from http`;
};

export const entersTheLibraryByName: Rule = ({ from, to, specifier, isFile }) => {
  if (!from.startsWith('src/')) return null;
  const isDeep = to === '@portcullis/auth' && specifier !== to;
  return (isFile && to.startsWith('libs/')) || isDeep
    ? 'import @portcullis/auth by that name: its index.ts is the contract'
    : null;
};

export const serverRules: readonly Rule[] = [
  followsTheOrder,
  entersFeaturesByTheirDoors,
  keepsAdaptersBehindPorts,
  keepsEnginesBehindStores,
  keepsHttpFreeOfFeatures,
  takesOnlyDecoratorsFromHttp,
  entersTheLibraryByName,
];
