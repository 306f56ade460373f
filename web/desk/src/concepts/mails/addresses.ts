/** An address in letters that cannot pass for others: its domain as machines write it. */
export function plainly(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 0) return address;
  try {
    return `${address.slice(0, at)}@${new URL(`http://${address.slice(at + 1)}`).hostname}`;
  } catch {
    return address;
  }
}

/** A name with its address, or the address alone. */
export function fully(name: string | undefined, address: string | undefined): string {
  return name && address ? `${name} <${address}>` : address || name || '';
}
