import { type ClassValue, clsx } from "clsx";

/** Joins class names. What a caller may overrule in a component is written with the variant `base:`. */
export const cn = (...classes: ClassValue[]): string => clsx(classes);
