import { Switch as Base } from "@base-ui/react/switch";
import { useId } from "react";

type SwitchProps = { label: string; checked: boolean; onChange: (checked: boolean) => void };

/** An on/off setting with its name beside it. */
export function Switch({ label, checked, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="zs-switch-row">
      <span id={id}>{label}</span>
      <Base.Root
        className="zs-switch"
        aria-labelledby={id}
        checked={checked}
        onCheckedChange={(next) => onChange(next)}
      >
        <Base.Thumb className="zs-switch-thumb" />
      </Base.Root>
    </div>
  );
}
