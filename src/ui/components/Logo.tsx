/** Three levels of a pyramid, seen from above: the mark of the page, as in public/icon.svg. */
export function Logo({ size }: { size: number }) {
  return (
    <svg className="zs-logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect x="2" y="2" width="28" height="28" rx="6" className="zs-logo-coarse" />
      <rect x="16" y="2" width="14" height="14" rx="3" className="zs-logo-middle" />
      <rect x="23" y="2" width="7" height="7" rx="2" className="zs-logo-fine" />
    </svg>
  );
}
