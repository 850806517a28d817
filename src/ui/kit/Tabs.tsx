import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

export type Tab = { readonly id: string; readonly title: ReactNode; readonly content: ReactNode };

type TabsProps = {
  label: string;
  tabs: readonly Tab[];
  selected: string;
  /** Also called for the tab that is selected already. */
  onSelect: (id: string) => void;
  /** Shows the selected tab's content; else the tabs alone are there. */
  open: boolean;
  /** Stands at the end of the line of tabs. */
  after?: ReactNode;
};

/** Tabs of which only the selected one's content exists. */
export function Tabs({ label, tabs, selected, onSelect, open, after }: TabsProps) {
  return (
    <Base.Root
      className="zs-tabs"
      value={selected}
      onValueChange={(value: unknown) => {
        if (typeof value === "string") onSelect(value);
      }}
    >
      <div className="zs-tab-line">
        <Base.List className="zs-tab-list" aria-label={label} activateOnFocus={false}>
          {tabs.map(({ id, title }) => (
            <Base.Tab
              key={id}
              value={id}
              className="zs-tab"
              onClick={() => {
                if (id === selected) onSelect(id);
              }}
            >
              {title}
            </Base.Tab>
          ))}
        </Base.List>
        {after}
      </div>
      <div className="zs-tab-body" hidden={!open}>
        {tabs.map(({ id, content }) => (
          <Base.Panel key={id} value={id} className="zs-tab-panel">
            {content}
          </Base.Panel>
        ))}
      </div>
    </Base.Root>
  );
}
