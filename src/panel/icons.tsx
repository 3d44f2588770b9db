/** Line icons, 16 by 16, in the colour of the text. Decoration only: buttons carry their names. */
const PATHS = {
  record: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z',
  clear: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Zm-3.9 9.4 7.8-7.8',
  // As the host's Network panel draws them: a log is saved downwards and loaded upwards.
  export: 'M8 2.5v8m0 0 3-3m-3 3-3-3M2.5 10v3.5h11V10',
  import: 'M8 10.5v-8m0 0L5 5.5m3-3 3 3M2.5 10v3.5h11V10',
  merge: 'M4 2.5v3c0 2.5 4 2.5 4 5v3m4-11v3c0 2.5-4 2.5-4 5',
  help: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM6.3 6.4c.1-1 .8-1.6 1.7-1.6s1.7.6 1.7 1.5C9.7 7.5 8 7.6 8 9m0 1.6v.6',
  close: 'm4 4 8 8m0-8-8 8',
  columns: 'M2.5 3.5h11v9h-11Zm3.7 0v9m3.7-9v9',
  group: 'M2.5 4h11M5.5 8h8m-8 4h8M2.5 7v5',
  lanes: 'M2.5 4h5m2 0h4m-11 4h3m2 0h6m-11 4h7m2 0h2',
  chevron: 'm6 4 4 4-4 4',
  link: 'M6.5 9.5 13 3m0 0H8.5M13 3v4.5M6.5 3.5h-3.5v9.5h9.5V9.5',
  copy: 'M5.5 5.5h8v8h-8Zm-1.5 5h-1.5v-8h8V4',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z',
  filter: 'M2.5 3.5h11L9.5 8.5v4l-3 1v-5Z',
  follow: 'M3 8h7m0 0L7 5m3 3-3 3m6-8v10',
  fit: 'M2.5 8h11m-11 0 2.5-2.5M2.5 8 5 10.5M13.5 8 11 5.5M13.5 8 11 10.5',
  settings: 'M2.5 4.5h6m3 0h2m-11 7h2m3 0h6M10 3v3M6 10v3',
  language:
    'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Zm-5.5 5.5h11M8 2.5c-2 1.5-2.6 3.5-2.6 5.5s.6 4 2.6 5.5c2-1.5 2.6-3.5 2.6-5.5S10 4 8 2.5Z',
  up: 'M8 13V3.5M8 3.5 4 7.5m4-4 4 4',
  down: 'M8 3v9.5m0 0 4-4m-4 4-4-4',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, filled = false }: { name: IconName; filled?: boolean }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} class={filled ? 'icon-filled' : undefined} />
    </svg>
  );
}
