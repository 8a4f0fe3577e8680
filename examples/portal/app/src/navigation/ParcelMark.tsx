/** The mark of the example company: a parcel with a strip of tape. */
export function ParcelMark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 2 29 9 16 16 3 9Z" fill="#ffc46b" />
      <path d="M3 9 16 16V30L3 23Z" fill="#f0932b" />
      <path d="M29 9 16 16V30L29 23Z" fill="#d3761a" />
      <path d="M9.5 5.5 22.5 12.5V17.5L25 16.2V11.2L12 4.2Z" fill="#ffffff" />
    </svg>
  );
}
