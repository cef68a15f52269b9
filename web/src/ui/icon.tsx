const paths = {
  todo: 'M4 6h10M4 12h10M4 18h6M17 15l2 2 4-4',
  figures: 'M4 20h16M7 20v-8M12 20V5M17 20v-5',
  standing: 'M4 4h16v16H4zM4 10h16M10 10v10M15 10v10',
  record: 'M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h5',
  register: 'M6 3h13v18H6zM3 8h3M3 12h3M3 16h3M10 9h5M10 13h5',
  ledger: 'M5 3h14v18H5zM9 3v18M12 8h4M12 12h4M12 16h4',
  policy: 'M4 5a2 2 0 012-2h13v16H6a2 2 0 00-2 2zM4 21V5M9 7h6M9 11h6',
  exemption: 'M12 3l8 3v6c0 5-3.5 8-8 9-4.500-1-8-4-8-9V6zM8.500 12h7',
  unit: 'M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4',
  admin:
    'M12 15a3 3 0 100-6 3 3 0 000 6zM12 2v4M12 18v4M2 12h4M18 12h4M5 5l3 3M16 16l3 3M5 19l3-3M16 8l3-3',
  plus: 'M12 5v14M5 12h14',
  search: 'M11 18a7 7 0 100-14 7 7 0 000 14zM16 16l5 5',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M6 9l6 6 6-6',
  right: 'M9 6l6 6-6 6',
  left: 'M15 6l-6 6 6 6',
  user: 'M12 12a4 4 0 100-8 4 4 0 000 8zM4 21c0-4 4-6 8-6s8 2 8 6',
  language: 'M12 21a9 9 0 100-18 9 9 0 000 18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  copy: 'M9 9h11v12H9zM5 15H4V3h11v2',
  check: 'M5 12l5 5 9-10',
  print: 'M7 9V3h10v6M7 17H4v-8h16v8h-3M7 14h10v7H7z',
  download: 'M12 3v12M7 10l5 5 5-5M4 20h16',
  grid: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  sheet: 'M4 4h16v16H4zM4 9h16M4 14h16M9 9v11',
  refresh: 'M20 11a8 8 0 00-14-4L4 9M4 4v5h5M4 13a8 8 0 0014 4l2-2M20 20v-5h-5',
  clock: 'M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5l3 2',
  lock: 'M6 11h12v9H6zM9 11V8a3 3 0 016 0v3',
  warning: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  offline: 'M3 3l18 18M9 17a4 4 0 016 0M5 13a9 9 0 014-2M19 13a9 9 0 00-5-3M12 20v.5',
  out: 'M10 4H5v16h5M14 8l4 4-4 4M8 12h10',
  undo: 'M9 7L4 12l5 5M4 12h10a6 6 0 016 6',
  edit: 'M4 20h4L20 8l-4-4L4 16zM14 6l4 4',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  key: 'M8 15a4 4 0 110-8 4 4 0 010 8zM12 11h9M18 11v4',
  calendar: 'M4 6h16v15H4zM4 10h16M8 3v4M16 3v4',
  journal: 'M5 4h14v16H5zM9 8h6M9 12h6M9 16h3',
  upload: 'M12 16V4M7 9l5-5 5 5M4 20h16',
  trend: 'M4 19h16M5 15l5-5 4 3 6-7',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
