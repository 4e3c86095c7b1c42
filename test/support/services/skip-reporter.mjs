// @ts-check
/**
 * A Jest reporter that has the last word: which suites were skipped because a service was
 * missing, why, and how to get it. With CI=true it also prints the totals on a line of their own.
 */

/** What describe-with.ts puts into titles, and the variable global-setup.mjs leaves the reason in. */
const reasonVariables = {
  MongoDB: 'TEST_MONGODB_URI_MISSING',
  Redis: 'TEST_REDIS_URL_MISSING',
  Chromium: 'TEST_CHROMIUM_PATH_MISSING',
};

export default class SkipReporter {
  /**
   * @param {Set<unknown>} _contexts
   * @param {import('@jest/test-result').AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    const lines = skippedSuites(results);
    const totals = process.env['CI'] === 'true' ? `${toTotals(results)}\n` : '';
    // Jest's own summary comes after every reporter's, and the teardown after that.
    process.once('exit', () => {
      if (lines.length > 0) process.stderr.write(`\n${lines.join('\n')}\n`);
      process.stdout.write(totals);
    });
  }
}

/**
 * @param {import('@jest/test-result').AggregatedResult} results
 * @returns {string[]}
 */
function skippedSuites(results) {
  return Object.entries(reasonVariables).flatMap(([service, variable]) => {
    const reason = process.env[variable];
    if (reason === undefined) return [];
    const mark = `(needs ${service})`;
    /** @type {Map<string, number>} */
    const suites = new Map();
    for (const { ancestorTitles, status } of results.testResults.flatMap(
      (file) => file.testResults,
    )) {
      const depth = ancestorTitles.findIndex((title) => title.endsWith(mark));
      if (depth === -1 || status !== 'pending') continue;
      const suite = ancestorTitles.slice(0, depth + 1).join(' › ');
      suites.set(suite, (suites.get(suite) ?? 0) + 1);
    }
    if (suites.size === 0) return [];
    const skipped = [...suites].map(([suite, tests]) => `  ${suite}: ${tests} not run`);
    return [`Skipped for want of ${service}:`, ...skipped, `  ${reason}`];
  });
}

/** @param {import('@jest/test-result').AggregatedResult} results */
function toTotals(results) {
  const {
    numPassedTests,
    numFailedTests,
    numRuntimeErrorTestSuites,
    numPendingTests,
    numTodoTests,
  } = results;
  // A file that could not even be loaded has no tests to count, and still is a failure.
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  const skipped = numPendingTests + numTodoTests;
  return `${numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
