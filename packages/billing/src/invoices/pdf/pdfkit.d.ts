/** The part of pdfkit that is used here; it comes without types. */
declare module "pdfkit" {
  interface TextOptions {
    width?: number;
    align?: "left" | "right";
    continued?: boolean;
    lineBreak?: boolean;
    lineGap?: number;
  }

  export default class PDFDocument {
    constructor(options: {
      size: "A4";
      margin: number;
      font: null;
      lang: string;
      tagged: boolean;
      displayTitle: boolean;
      bufferPages: boolean;
      pdfVersion: "1.7";
      info: { Title: string; Author: string; CreationDate: Date };
    });
    x: number;
    y: number;
    readonly page: { width: number; height: number };
    registerFont(name: string, source: Uint8Array): this;
    font(name: string): this;
    fontSize(size: number): this;
    fillColor(color: string): this;
    strokeColor(color: string): this;
    lineWidth(width: number): this;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    stroke(): this;
    addPage(): this;
    text(text: string, x?: number, y?: number, options?: TextOptions): this;
    widthOfString(text: string): number;
    end(): void;
    on(event: "data", listener: (chunk: Uint8Array) => void): this;
    on(event: "end", listener: () => void): this;
    on(event: "error", listener: (error: Error) => void): this;
  }
}
