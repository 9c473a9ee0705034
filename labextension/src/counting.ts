/** How many there are of something, `what` being one of it: 1 rule, 12,230 touches. */
export function counted(count: number, what: string): string {
  const plural = /(s|x|ch|sh)$/.test(what) ? `${what}es` : `${what}s`;
  return `${count.toLocaleString('en-US')} ${count === 1 ? what : plural}`;
}
