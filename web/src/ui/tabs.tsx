import type { ReactNode } from 'react';

/** Parts of one page, of which one is shown; what stands on each is the caller's. */
export function Tabs<Name extends string>(props: {
  names: readonly Name[];
  shown: Name;
  onShow: (name: Name) => void;
  children: (name: Name) => ReactNode;
}) {
  return (
    <div className="tabs" role="tablist">
      {props.names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={props.shown === name}
          onClick={() => props.onShow(name)}
        >
          {props.children(name)}
        </button>
      ))}
    </div>
  );
}
