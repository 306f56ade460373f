const COUNT = /^\(\d+\) /;

/** The number of unread answers before the title of the page, for who works in another tab. */
export function countInTitle(unread: number): void {
  const bare = document.title.replace(COUNT, '');
  const wanted = unread ? `(${String(unread)}) ${bare}` : bare;
  if (document.title !== wanted) document.title = wanted;
}
