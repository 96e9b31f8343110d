/**
 * Calls a listener. What it throws is its owner's to know, by the page's `error` event or the console, and must not keep
 * the caller from going on.
 */
export function shielded(call: () => void): void {
  try {
    call();
  } catch (error) {
    // Browsers have it, Node does not.
    if (typeof reportError === 'function') reportError(error);
    else console.error(error);
  }
}
