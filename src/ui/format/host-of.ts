/** The host of an address or origin, to be shown; what is neither is shown as it is. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
