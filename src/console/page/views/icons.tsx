import type { ComponentChildren } from 'preact';

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const CheckIcon = () => (
  <Icon>
    <path d="M3 8.5l3.2 3.2L13 4.8" />
  </Icon>
);
export const CrossIcon = () => (
  <Icon>
    <path d="M4 4l8 8M12 4l-8 8" />
  </Icon>
);
export const WarningIcon = () => (
  <Icon>
    <path d="M8 2.2L14.4 13.5H1.6zM8 6.4v3.4M8 11.6v.4" />
  </Icon>
);
export const SkipIcon = () => (
  <Icon>
    <path d="M4 8h8" />
  </Icon>
);
export const RefreshIcon = () => (
  <Icon>
    <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.2v2.9h-2.9" />
  </Icon>
);
export const SparkIcon = () => (
  <Icon>
    <path d="M8 1.8l1.5 4.7 4.7 1.5-4.7 1.5L8 14.2 6.5 9.5 1.8 8l4.7-1.5z" />
  </Icon>
);
export const SaveIcon = () => (
  <Icon>
    <path d="M2.5 2.5h8.6l2.4 2.4v8.6h-11zM5 2.5v3.6h5V2.5M4.8 13.5V9.4h6.4v4.1" />
  </Icon>
);
export const UndoIcon = () => (
  <Icon>
    <path d="M5.8 3L2.6 6.2l3.2 3.2M2.8 6.2h6.4a3.7 3.7 0 0 1 0 7.3H6.6" />
  </Icon>
);
export const DownloadIcon = () => (
  <Icon>
    <path d="M8 2.2v7.6M4.8 6.9L8 10.1l3.2-3.2M2.6 13.4h10.8" />
  </Icon>
);
export const SearchIcon = () => (
  <Icon>
    <path d="M10.4 10.4L14 14M11.6 6.9a4.7 4.7 0 1 1-9.4 0 4.7 4.7 0 0 1 9.4 0z" />
  </Icon>
);
export const IgnoreIcon = () => (
  <Icon>
    <path d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM3.8 3.8l8.4 8.4" />
  </Icon>
);
