/**
 * Does something with the storage of this tab, which outlives a reload and ends with the tab.
 *
 * @returns undefined where a browser refuses its storage, as by a setting: then a session lives as long as the page does
 */
export const inStorage = <Value>(act: (storage: Storage) => Value): Value | undefined => {
  try {
    return act(sessionStorage);
  } catch {
    return undefined;
  }
};
