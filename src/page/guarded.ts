/** For what the browser calls: an error of ours would be reported to the page. */
export const guarded =
  <V>(run: (value: V) => void) =>
  (value: V): void => {
    try {
      run(value);
    } catch {}
  };
