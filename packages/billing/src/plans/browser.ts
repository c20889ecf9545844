// What a screen that shows prices needs as values, apart from the rest so that only those screens load it. No I/O.
export { amountOf } from "./pricing";
