/** Passes on what is said once two seconds have gone by since the last time. */
export function nowAndThen<T>(tell: (what: T) => void): (what: T) => void {
  let last = performance.now();
  return (what) => {
    if (performance.now() - last < 2000) return;
    last = performance.now();
    tell(what);
  };
}
