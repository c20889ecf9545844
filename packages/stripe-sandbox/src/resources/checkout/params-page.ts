import { invalid } from "../../http/errors";
import { bool, clearable, hash, list, natural, oneOf, only, type Parser, text } from "../../http/params";

export const locales = [
  ...["auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA"],
  ...["hi-IN", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR"],
  ...["ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW"],
];

const mostFields = 3;
const message = clearable(hash({ message: text }, ["message"]));
export const customText = hash({
  after_submit: message,
  shipping_address: message,
  submit: message,
  terms_of_service_acceptance: message,
});

const typed = hash({ default_value: text, maximum_length: natural, minimum_length: natural });
const field = hash(
  {
    dropdown: hash(
      { default_value: text, options: list(hash({ label: text, value: text }, ["label", "value"])) },
      ["options"],
    ),
    key: text,
    label: hash({ custom: text, type: only("custom") }, ["custom", "type"]),
    numeric: typed,
    optional: bool,
    text: typed,
    type: oneOf("dropdown", "numeric", "text"),
  },
  ["key", "label", "type"],
);
export type FieldGiven = ReturnType<typeof field>;

export const customFields: Parser<FieldGiven[]> = (raw, path) => {
  const fields = list(field)(raw, path);
  if (fields.length > mostFields)
    throw invalid(`You can pass up to ${mostFields} custom fields.`, undefined, path);
  fields.forEach(({ key, type, dropdown }, at) => {
    const param = `${path}[${at}]`;
    if (!/^[A-Za-z0-9]{1,200}$/.test(key))
      throw invalid("The key of a custom field is alphanumeric.", undefined, `${param}[key]`);
    if (fields.findIndex((other) => other.key === key) < at)
      throw invalid("The keys of custom fields must be unique.", undefined, `${param}[key]`);
    if ((type === "dropdown") !== (dropdown !== undefined))
      throw invalid("dropdown goes with type=dropdown.", "parameter_missing", `${param}[dropdown]`);
  });
  return fields;
};
