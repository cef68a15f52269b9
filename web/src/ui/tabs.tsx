import { useEffect, useRef, type ReactNode } from 'react';

/** Parts of one page, of which one is shown; what stands on each is the caller's. */
export function Tabs<Name extends string>(props: {
  names: readonly Name[];
  shown: Name;
  onShow: (name: Name) => void;
  children: (name: Name) => ReactNode;
}) {
  // On a phone they slide sideways: the one that is shown is in sight.
  const list = useRef<HTMLDivElement>(null);
  const at = props.names.indexOf(props.shown);
  useEffect(() => {
    const tabs = list.current;
    const shown = tabs?.children[at];
    if (!tabs || !(shown instanceof HTMLElement) || tabs.scrollWidth <= tabs.clientWidth) return;
    tabs.scrollLeft = shown.offsetLeft - (tabs.clientWidth - shown.offsetWidth) / 2;
  }, [at]);
  return (
    <div className="tabs" role="tablist" ref={list}>
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
