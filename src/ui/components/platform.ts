/** Keyboards with ⌘ instead of Ctrl. */
export function isApplePlatform(): boolean {
  return /mac|iphone|ipad/i.test(navigator.userAgent);
}
