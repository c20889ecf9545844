import * as Primitive from "radix-ui/dialog";
import type { ReactNode } from "react";

/** What names and describes a dialog or a sheet. */
export function OverlayHeading({ title, description }: { title: ReactNode; description?: ReactNode }) {
  return (
    <div className="min-w-0 flex-1">
      <Primitive.Title className="text-xl">{title}</Primitive.Title>
      {description ? (
        <Primitive.Description className="mt-1 text-quiet text-sm">{description}</Primitive.Description>
      ) : null}
    </div>
  );
}
