// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Skeleton, Skeletons } from "./skeleton";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("keeps the room from the start and shows itself after 200 ms", () => {
  render(
    <Skeletons label="Loading invoices">
      <Skeleton className="h-6" />
    </Skeletons>,
  );
  const region = screen.getByRole("status");
  expect(region.querySelector(".h-6")).not.toBeNull();

  act(() => vi.advanceTimersByTime(199));
  expect(region.hasAttribute("data-late")).toBe(false);
  expect(region.textContent).toBe("");

  act(() => vi.advanceTimersByTime(1));
  expect(region.hasAttribute("data-late")).toBe(true);
  expect(region.textContent).toBe("Loading invoices");
});

it("forgets the timer of a wait that ended", () => {
  const { unmount } = render(<Skeletons>{null}</Skeletons>);
  unmount();
  expect(vi.getTimerCount()).toBe(0);
});
