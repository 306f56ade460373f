const LONGEST = 500;

/** The page the visitor is on, for the agent. The fragment stays here: some sites keep secrets in it. */
export function pageAddress(): string {
  return (location.origin + location.pathname + location.search).slice(0, LONGEST);
}

/** Calls back when the visitor goes to another page without a reload. Nothing of the host's history is patched for it. */
export function watchPage(changed: () => void): () => void {
  let last = pageAddress();
  const look = (): void => {
    const now = pageAddress();
    if (now !== last) {
      last = now;
      changed();
    }
  };
  const navigation = (window as { navigation?: EventTarget }).navigation;
  window.addEventListener('popstate', look);
  navigation?.addEventListener('navigatesuccess', look);
  return () => {
    window.removeEventListener('popstate', look);
    navigation?.removeEventListener('navigatesuccess', look);
  };
}
