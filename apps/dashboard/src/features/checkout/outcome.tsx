import { Card } from "@farebox/ui/card";
import { cn } from "@farebox/ui/class-names";
import { Spinner } from "@farebox/ui/spinner";
import { CircleCheck, Info, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";

const looks = {
  success: { icon: CircleCheck, mark: "bg-success-soft text-success" },
  info: { icon: Info, mark: "bg-info-soft text-info" },
  warning: { icon: TriangleAlert, mark: "bg-warning-soft text-warning" },
};

interface OutcomeProps {
  tone: keyof typeof looks | "waiting";
  title: string;
  /** The one primary action first. */
  actions?: ReactNode;
  children: ReactNode;
}

/** What a checkout came to, in place of the form. The focus follows, so that it is read out. */
export function Outcome({ tone, title, actions, children }: OutcomeProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Card className="mx-auto flex max-w-xl flex-col items-center gap-4 px-6 py-12 text-center">
      <Mark tone={tone} />
      <div className="grid gap-2">
        <h2 ref={heading} tabIndex={-1} className="text-xl outline-none!">
          {title}
        </h2>
        <div role="status" className="max-w-md text-balance text-quiet">
          {children}
        </div>
      </div>
      {actions ? <div className="flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </Card>
  );
}

function Mark({ tone }: Pick<OutcomeProps, "tone">) {
  const round = "flex size-12 items-center justify-center rounded-full";
  if (tone === "waiting") {
    return (
      <span className={cn(round, "bg-sunken text-quiet")}>
        <Spinner label="" className="size-6" />
      </span>
    );
  }
  const { icon: Icon, mark } = looks[tone];
  return (
    <span className={cn(round, mark)}>
      <Icon aria-hidden className="size-6" />
    </span>
  );
}
