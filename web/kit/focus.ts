/**
 * Does what may take away the button that has the focus, or all of the item around it. Then the item has the focus, or its
 * neighbour, or the view's heading: whoever uses the keyboard goes on from where they were.
 */
export const keepingFocus = async (itemId: string, act: () => Promise<void>): Promise<void> => {
  const item = document.getElementById(itemId);
  const nearby = [item, item?.nextElementSibling, item?.previousElementSibling];
  await act();
  await new Promise(requestAnimationFrame);
  // The browser gives it to the body when what had it is gone.
  if (document.activeElement !== document.body) return;
  const target = nearby.find((each) => each?.isConnected) ?? document.querySelector('h1');
  if (target instanceof HTMLElement) target.focus();
};
