// What a page's HTML must keep to: the recommended rules of html-validate, but for those listed here.

export default {
  extends: ["html-validate:recommended"],
  rules: {
    // Ids equal those of the forge, which may begin with a digit: `2-fases`. HTML allows it.
    "valid-id": ["error", { relaxed: true }],
    // A title is as long as its author writes it.
    "long-title": "off",
    // `open=""` and `open` mean the same; raw HTML in content is written anew in the longer form.
    "attribute-boolean-style": "off",
  },
};
