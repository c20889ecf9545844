import { Checkbox } from "@farebox/ui/checkbox";
import { Dialog } from "@farebox/ui/dialog";
import { Kbd } from "@farebox/ui/kbd";
import { setSingleKeys, useSingleKeys } from "./single-keys";

const keys = [
  { keys: ["/"], does: "Search customers" },
  { keys: ["j", "k"], does: "Next and previous row" },
  { keys: ["Enter"], does: "Open the row, or the only match of a search" },
  { keys: ["Esc"], does: "Clear the search, close what is open" },
  { keys: ["?"], does: "Show this list" },
];

interface KeysDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function KeysDialog({ open, onOpenChange }: KeysDialogProps) {
  const singleKeys = useSingleKeys();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard">
      <dl className="divide-y">
        {keys.map((row) => (
          <div key={row.does} className="flex items-center justify-between gap-4 py-2">
            <dt>{row.does}</dt>
            <dd className="flex gap-1">
              {row.keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Checkbox
        className="mt-4"
        label="Use single letters, / and ? as commands"
        description="Switch this off if you dictate or use other single-key tools."
        checked={singleKeys}
        onChange={(event) => setSingleKeys(event.target.checked)}
      />
    </Dialog>
  );
}
